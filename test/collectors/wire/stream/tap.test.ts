// Frames are counted with the time of the packet that completed them, whatever frames them and however they are packed.
import * as fc from "fast-check";
import { createGzip, deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { lateTapOf, StreamTap, tapOf, tellStream } from "../../../../collectors/wire/stream/tap.ts";
import type { WireSink } from "../../../../collectors/wire/flow.ts";
import type { Header } from "../../../../src/model/exchange.ts";
import type { StreamUpdate } from "../../../../src/model/stream-facts.ts";
import { frame } from "../../../src/digest/grpc/encode.ts";
import { frameFacts } from "./frames.ts";

const type = (value: string): Header => ["content-type", value];
const SSE = type("text/event-stream; charset=utf-8");
const GZIP: Header = ["content-encoding", "gzip"];

function counted(
  tap: StreamTap | null,
  pieces: readonly (readonly [at: number, bytes: string | Uint8Array])[],
) {
  for (const [at, bytes] of pieces) tap?.push(Buffer.from(bytes as string), at);
  tap?.end();
  return tap?.take();
}

describe("by media type", () => {
  test("server-sent events, two of them in one packet, one over two", () => {
    const facts = counted(tapOf([SSE], 1), [
      [100, "data: one\n\n"],
      [150, "data: two\n\nda"],
      [350, "ta: three\n\n: note\n\ndata: é\n\n"],
    ]);
    expect(facts).toEqual(frameFacts([3, 3, 5, 2], [50, 200, 0]));
  });

  test("lines", () => {
    const facts = counted(tapOf([type("application/x-ndjson")], 1), [
      [0, '{"a":1}\n{"b"'],
      [30, ":2}\n"],
    ]);
    expect(facts).toEqual(frameFacts([7, 7], [30]));
  });

  test("gRPC messages, both ways", () => {
    const body = Buffer.concat([frame(new Uint8Array(10)), frame(new Uint8Array(20))]);
    for (const side of [0, 1] as const) {
      const facts = counted(tapOf([type("application/grpc+proto")], side), [
        [0, body.subarray(0, 16)],
        [7, body.subarray(16)],
      ]);
      expect(facts).toEqual(frameFacts([10, 20], [7]));
    }
  });

  test("the trailers of gRPC-Web are no message", () => {
    const body = Buffer.concat([frame(new Uint8Array(3)), frame(Buffer.from("grpc-status:0"), 0x80)]);
    expect(counted(tapOf([type("application/grpc-web+proto")], 1), [[0, body]])).toEqual(frameFacts([3], []));
  });

  test("what is no stream has no tap, nor has a stream that a client uploads", () => {
    expect(tapOf([type("application/json")], 1)).toBe(null);
    expect(tapOf([], 1)).toBe(null);
    expect(tapOf([SSE], 0)).toBe(null);
  });
});

/** What a server sends that compresses and flushes after each piece. */
async function flushed(texts: readonly string[], create = createGzip): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  const packer = create();
  packer.on("data", (piece: Buffer) => pieces.push(piece));
  const sent: Buffer[] = [];
  const take = () => void sent.push(Buffer.concat(pieces.splice(0)));
  for (const text of texts) {
    packer.write(text);
    await new Promise<void>((done) => packer.flush(done));
    take();
  }
  await new Promise((done) => packer.once("end", done).end());
  take();
  return sent;
}

describe("compressed", () => {
  test("an event has the time of the piece that completed it", async () => {
    const [first, second, third, end] = await flushed(["data: one\n\ndata: t", "wo\n\n", "data: three\n\n"]);
    const facts = counted(tapOf([SSE, GZIP], 1), [
      [1000, first!],
      [1040, second!],
      [1100, third!.subarray(0, 5)],
      [1140, third!.subarray(5)],
      [1150, end!],
    ]);
    expect(facts).toEqual(frameFacts([3, 3, 5], [40, 100]));
  });

  test("cuts do not matter but for the times", async () => {
    const sent = Buffer.concat(await flushed(["data: one\n\n", "data: two\n\n", "data: three\n\n"]));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (cut) => {
        const pieces = Array.from({ length: Math.ceil(sent.length / cut) }, (_, at) =>
          sent.subarray(at * cut, at * cut + cut),
        );
        expect(
          counted(
            tapOf([SSE, GZIP], 1),
            pieces.map((piece) => [5, piece] as const),
          )?.frames,
        ).toBe(3);
      }),
    );
  });

  test("what was not flushed counts when it ends, and other codings hide it", () => {
    const packed = deflateSync("data: one\n\ndata: two\n\n");
    expect(counted(tapOf([SSE, ["content-encoding", "deflate"]], 1), [[9, packed]])?.frames).toBe(2);
    expect(tapOf([SSE, ["content-encoding", "br"]], 1)).toBe(null);
  });

  test("nonsense counts nothing and harms nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (pieces) => {
        const tap = tapOf([SSE, GZIP], 1);
        expect(() =>
          counted(
            tap,
            pieces.map((piece) => [1, piece] as const),
          ),
        ).not.toThrow();
      }),
    );
  });
});

describe("a body that comes with pauses", () => {
  const late = (mediaType: string, begun: string, ...more: readonly Header[]) =>
    lateTapOf([type(mediaType), ...more], Buffer.from(begun), 10);

  test("is a stream by how it begins, and what came before counts", () => {
    const tap = late("application/json; charset=utf-8", '[{"a":1},');
    expect(tap?.kind).toBe("items");
    expect(
      counted(tap, [
        [60, '{"b":[2]}\n,'],
        [90, '{"c":3}]'],
      ]),
    ).toEqual(frameFacts([7, 9, 7], [50, 30]));
  });

  test.each([
    ["application/json", '{"a":1}\n', "lines"],
    ["", "data: x\n\n", "events"],
    ["text/plain", "Once upon", "text"],
    ["application/json", '{"a":', undefined],
    ["text/html", "<html>", undefined],
    ["application/octet-stream", "\0\0", undefined],
  ])("%s %j is %s", (mediaType, begun, kind) => {
    expect(late(mediaType, begun)?.kind).toBe(kind);
  });

  test("but none with a stated length", () => {
    expect(late("application/json", "[1,", ["content-length", "100"])).toBe(null);
  });

  test("compressed too", async () => {
    const [first, second] = await flushed(['[{"a":1}', ',{"b":2}]']);
    const tap = lateTapOf([type("application/json"), GZIP], first!, 10);
    expect(counted(tap, [[60, second!]])).toEqual(frameFacts([7, 7], [50]));
  });
});

test("no gap is told across bytes that were not heard", () => {
  const tap = tapOf([SSE], 1);
  tap?.push(Buffer.from("data: 1\n\n"), 0);
  tap?.gap();
  tap?.push(Buffer.from("st\n\ndata: 2\n\n"), 500);
  expect(tap?.take()).toEqual(frameFacts([1, 1], []));
  const grpc = tapOf([type("application/grpc")], 1);
  grpc?.gap();
  grpc?.push(frame(new Uint8Array(3)), 1);
  expect(grpc?.take()).toBe(undefined);
});

describe("after the exchange was told", () => {
  const listen = () => {
    const updates: StreamUpdate[] = [];
    const sink: WireSink = {
      exchange() {},
      weird() {},
      count() {},
      stream: (update) => void updates.push(update),
    };
    return { updates, sink };
  };

  test("what else comes is told each minute, and at the end", () => {
    const { updates, sink } = listen();
    const tap = tapOf([SSE], 1);
    tap?.push(Buffer.from("data: 1\n\n"), 0);
    const of = tellStream([null, tap], sink);
    expect(of).toEqual({ kinds: { events: 1 }, received: frameFacts([1], []) });
    tap?.push(Buffer.from("data: 2\n\n"), 59_000);
    expect(updates).toEqual([]);
    tap?.push(Buffer.from("data: 3\n\n"), 60_000);
    tap?.push(Buffer.from("data: 4\n\n"), 61_000);
    tap?.end();
    tap?.end();
    expect(updates).toEqual([
      { of, at: 60_000, more: { kinds: {}, received: frameFacts([1, 1], [59_000, 1000]) } },
      { of, at: 61_000, more: { kinds: {}, received: frameFacts([1], [1000]) } },
    ]);
    expect(updates.every((update) => update.of === of)).toBe(true);
  });

  test("a stream that was over then has no more to say", () => {
    const { updates, sink } = listen();
    const up = new StreamTap("websocket", 0);
    up.message(3, 5);
    up.end();
    expect(tellStream([up, null], sink)).toEqual({ kinds: { websocket: 1 }, sent: frameFacts([3], []) });
    up.end();
    expect(updates).toEqual([]);
    expect(tellStream([null, null], sink)).toBe(undefined);
  });
});
