// A WebSocket connection: one exchange, whatever is said on it.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createWebSocketDecoder } from "../../../../collectors/wire/websocket/decoder.ts";
import { NO_BODY } from "../../../../src/model/exchange.ts";
import type { Header } from "../../../../src/model/exchange.ts";
import { ENDS, feed, lines, recorder } from "../http2/tap.ts";
import type { Heard } from "../http2/tap.ts";
import { fromClient, fromServer, KEY, wsFrame } from "./build.ts";
import { packed } from "./pack.ts";

const handshake = (extensions: readonly Header[] = []) => ({
  request: {
    method: "GET",
    authority: "shop.test",
    scheme: "http" as const,
    path: "/chat",
    query: "room=1",
    headers: [],
    body: NO_BODY,
  },
  response: { status: 101, headers: extensions, body: NO_BODY },
  startedAt: 900,
  answeredAt: 950,
});
const DEFLATE: Header[] = [["sec-websocket-extensions", "permessage-deflate"]];

function listen(heard: readonly Heard[], { cut = 0, extensions = [] as Header[] } = {}) {
  const { exchanges, weirds, counts, ...sink } = recorder();
  const decoder = createWebSocketDecoder(ENDS, { ...sink }, handshake(extensions));
  feed(decoder, heard, cut);
  return { exchanges, weirds, counts };
}

const said = (...frames: readonly [0 | 1, Uint8Array][]): Heard[] =>
  frames.map(([side, bytes]) => ({ side, bytes }));
const bodies = ({ exchanges }: ReturnType<typeof listen>) => {
  const [exchange] = exchanges;
  const answer = exchange?.outcome.kind === "answered" ? exchange.outcome.response.body : undefined;
  return [exchange?.request.body, answer].map((body) =>
    body?.kind === "recorded" ? Buffer.from(body.bytes).toString() : body?.kind,
  );
};

const CHAT = said(
  [0, fromClient('{"say":"hi"}')],
  [1, fromServer('{"heard":1}')],
  [1, fromServer("", { opcode: 9 })],
  [0, wsFrame({ opcode: 10, key: KEY })],
  [0, fromClient('{"say":"bye"}')],
  [1, wsFrame({ opcode: 8, payload: "\x03\xe8" })],
);

describe("one connection is one exchange", () => {
  test("with what both sides said as bodies", () => {
    const heard = listen(CHAT);
    expect(lines(heard.exchanges)).toEqual(["websocket GET shop.test /chat?room=1 101 upgraded"]);
    expect(bodies(heard)).toEqual(['{"say":"hi"}\n{"say":"bye"}', '{"heard":1}']);
    expect(heard.exchanges[0]).toMatchObject({
      startedAt: 900,
      answeredAt: 950,
      endedAt: 1000,
      request: { body: { size: 25, complete: true } },
    });
    expect(heard.exchanges[0]?.stream).toMatchObject({
      kinds: { websocket: 1 },
      sent: { frames: 2 },
      received: { frames: 1 },
    });
    expect(heard.counts).toEqual({ "websocket.messages": 3, "websocket.bytes": 36 });
  });

  test("without a word too", () => {
    const heard = listen([]);
    expect(lines(heard.exchanges)).toEqual(["websocket GET shop.test /chat?room=1 101 upgraded"]);
    expect(bodies(heard)).toEqual(["none", "none"]);
  });

  test("after five seconds, and not again", () => {
    const sink = recorder();
    const decoder = createWebSocketDecoder(ENDS, sink, handshake());
    const say = (text: string, at: number) =>
      decoder.data({ side: 0, bytes: fromClient(text), at, offset: 0, acked: -1 });
    say("early", 5949);
    expect(sink.exchanges).toEqual([]);
    say("late", 5950);
    decoder.end(0, 9000, "fin");
    decoder.end(1, 9000, "fin");
    expect(lines(sink.exchanges)).toEqual(["websocket GET shop.test /chat?room=1 101 upgraded continued"]);
    expect(sink.exchanges[0]?.request.body).toMatchObject({ complete: false, size: 5 });
    expect(sink.counts["websocket.messages"]).toBe(2);
  });
});

test("compressed messages are read with the window of those before them", async () => {
  const words = ['{"say":"the same words"}', '{"say":"the same words again"}'];
  const frames = (await packed(words)).map((payload): [0, Uint8Array] => [
    0,
    wsFrame({ opcode: 1, reserved: 4, payload, key: KEY }),
  ]);
  expect(bodies(listen(said(...frames), { extensions: DEFLATE }))).toEqual([words.join("\n"), "none"]);
});

test("a gap in a compressed message ends the reading of that direction, and is said", async () => {
  const frames = (await packed(["one", "two"])).map((payload) =>
    wsFrame({ opcode: 1, reserved: 4, payload, key: KEY }),
  );
  const [first, second] = frames as [Uint8Array, Uint8Array];
  const sink = recorder();
  const decoder = createWebSocketDecoder(ENDS, sink, handshake(DEFLATE));
  const say = (bytes: Uint8Array) => decoder.data({ side: 0, bytes, at: 1000, offset: 0, acked: -1 });
  say(first.subarray(0, 7));
  decoder.gap(0, 7, 1, 1000);
  say(first.subarray(8));
  say(second);
  decoder.end(0, 1000, "fin");
  decoder.end(1, 1000, "fin");
  expect(sink.exchanges[0]?.flags).toEqual(["upgraded", "gap"]);
  expect(sink.exchanges[0]?.request.body).toMatchObject({ complete: false, bytes: new Uint8Array(0) });
  expect(sink.counts).toMatchObject({
    "websocket.gap-bytes": 1,
    "websocket.inflate-skipped": 1,
    "websocket.messages": 2,
  });
});

test("cutting anywhere gives the same", () => {
  for (const cut of [1, 2, 3, 5, 11]) expect(listen(CHAT, { cut })).toEqual(listen(CHAT));
});

test("any bytes give one exchange and no throw, cut anywhere", () => {
  const piece = fc.tuple(
    fc.constantFrom(0 as const, 1 as const),
    fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc
        .record({
          opcode: fc.nat(15),
          reserved: fc.nat(7),
          fin: fc.boolean(),
          payload: fc.uint8Array({ maxLength: 20 }),
        })
        .map((parts) => wsFrame(parts)),
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), fc.integer({ min: 1, max: 9 }), (pieces, cut) => {
      const heard = said(...pieces);
      const whole = listen(heard, { extensions: DEFLATE });
      expect(whole.exchanges).toHaveLength(1);
      expect(listen(heard, { extensions: DEFLATE, cut })).toEqual(whole);
    }),
  );
});
