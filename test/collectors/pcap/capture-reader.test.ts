import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ExchangeSink } from "../../../collectors/input.ts";
import { UnreadableInput } from "../../../collectors/input.ts";
import { capture } from "../../../collectors/pcap/capture-reader.ts";
import {
  brief,
  chunks,
  Conversation,
  type Heard,
  listener,
  packet,
  pcapFile,
  T0,
} from "../../support/packets.ts";
import { talk } from "../wire/tls/talk.ts";

const answered = new Conversation().client("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
const FILE = pcapFile(answered.server("HTTP/1.1 204 No Content\r\n\r\n").packets);
/** One section and one interface, no packets. */
const NG = Buffer.from(
  "0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000" +
    "01000000140000000100000000000400" +
    "14000000",
  "hex",
);

async function read(
  bytes: Buffer,
  size = 100,
  ready = (): Promise<void> | undefined => undefined,
): Promise<Heard> {
  const heard = listener();
  const sink: ExchangeSink = { ...heard, ready };
  await capture.read(chunks(bytes, size), sink, { name: "x" });
  return heard;
}

describe("reading", () => {
  test.each([
    ["plain", FILE],
    ["gzip'd", gzipSync(FILE)],
    ["gzip'd twice", gzipSync(gzipSync(FILE))],
  ])("%s, byte by byte", async (_name, bytes) => {
    expect((await read(bytes, 1)).exchanges.map(brief)).toEqual(["GET /a 204"]);
  });

  test("a pcapng without packets is no mistake", async () => {
    expect((await read(NG)).counters).toEqual({});
  });

  test("waits while the stages behind are full", async () => {
    let waits = 0;
    const ready = (): Promise<void> => Promise.resolve().then(() => void waits++);
    await read(FILE, 50, ready);
    expect(waits).toBe(Math.ceil(FILE.length / 50));
  });

  test("what is lost at the end is counted", async () => {
    const { counters, weirds, exchanges } = await read(FILE.subarray(0, FILE.length - 5));
    expect([counters["capture.lost-bytes"], weirds, exchanges.map(brief)]).toEqual([
      FILE.length - pcapFile(answered.packets.slice(0, -1)).length - 5,
      ["pcap.truncated"],
      ["GET /a capture-end"],
    ]);
  });

  test("times go on where a packet has none", async () => {
    const file = pcapFile([...answered.packets, packet(Buffer.alloc(3), { at: T0 })]);
    expect((await read(file)).counters["packets.malformed"]).toBe(1);
  });
});

describe("refusing", () => {
  test.each([
    ["nothing", Buffer.alloc(0)],
    ["text", Buffer.from("127.0.0.1 - - [10/Oct/2000] GET /")],
    ["a header cut off", FILE.subarray(0, 20)],
    ["gzip'd text", gzipSync(Buffer.from("hello hello hello"))],
    ["gzip'd without end", gzipSync(gzipSync(gzipSync(FILE)))],
    ["an unknown version of the format", Buffer.concat([Buffer.from("34cdb2a1", "hex"), Buffer.alloc(40)])],
  ])("%s", async (_name, bytes) => {
    await expect(read(bytes)).rejects.toThrow(UnreadableInput);
  });
});

test("recognised by content, packed or not", () => {
  const heads = [
    FILE,
    NG,
    gzipSync(FILE),
    gzipSync(FILE).subarray(0, 60),
    Buffer.from("{}"),
    gzipSync(Buffer.from("{}")),
  ];
  expect(heads.map((head) => capture.recognise(head))).toEqual([1, 1, 1, 1, 0, 0]);
});

describe("an input that is still written", () => {
  test("keys that come late open what waited for them", async () => {
    const request = "GET /secret HTTP/1.1\r\nHost: shop.test\r\n\r\n";
    const { heard: tls, keylog } = await talk({ turns: [request, "HTTP/1.1 204 No Content\r\n\r\n"] });
    const conversation = new Conversation({ ports: [40_000, 443] });
    for (const { side, bytes } of tls) conversation[side === 0 ? "client" : "server"](Buffer.from(bytes));
    const said = pcapFile(conversation.packets);
    const bytes = pcapFile(conversation.close().packets);
    let written = (): void => {};
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    let taken = (): void => {};
    const isTaken = new Promise<void>((resolve) => (taken = resolve));
    async function* keys() {
      yield "";
      await isWritten;
      yield keylog;
      taken();
    }
    async function* capturing() {
      yield bytes.subarray(0, said.length);
      written();
      await isTaken;
      yield new Uint8Array(0);
      yield bytes.subarray(said.length);
    }
    const heard = listener();
    const sink: ExchangeSink = { ...heard, ready: () => undefined };
    await capture.read(capturing(), sink, { name: "x", keylog: keys(), following: { now: () => 0 } });
    expect(heard.exchanges.map(brief)).toEqual(["GET /secret 204"]);
  });

  test("counters come with each chunk", async () => {
    const heard = listener();
    const sink: ExchangeSink = { ...heard, ready: () => undefined };
    const seen: (number | undefined)[] = [];
    async function* capturing() {
      yield FILE;
      seen.push(heard.counters["packets"]);
    }
    await capture.read(capturing(), sink, { name: "x", following: { now: () => 0 } });
    expect(seen).toEqual([answered.packets.length]);
  });
});
