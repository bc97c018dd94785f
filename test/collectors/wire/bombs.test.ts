// Traffic made to exhaust its reader: each bomb ends within its limit, keeps memory small and is counted under its name.
import { constants, gzipSync, brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ExchangeSink } from "../../../collectors/input.ts";
import { capture } from "../../../collectors/pcap/capture-reader.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import { brief, type Heard, listener, pcapFile } from "../../support/packets.ts";
import { SECTION } from "../../support/wire/pcapng.ts";
import { SYN, Tap } from "../../support/wire/tap.ts";
import { END_HEADERS } from "../../../collectors/wire/http2/frames.ts";
import { CLOSING, frame, get, talker } from "./http2/build.ts";
import { integer, string } from "./hpack/encode.ts";

/** A fifth of a million: what a second allows. */
const MANY = 200_000;
const text = (value: string): Buffer => Buffer.from(value, "latin1");
const GET = text("GET /a HTTP/1.1\r\nHost: shop.test\r\n\r\n");
const OK = (fields: string): Buffer => text(`HTTP/1.1 200 OK\r\n${fields}\r\n\r\n`);

describe("files", () => {
  /** `head`, then zeros without end, as far as anybody reads. */
  async function readBehind(head: Buffer): Promise<Heard & { readonly chunks: number }> {
    const heard = listener();
    const sink: ExchangeSink = { ...heard, ready: () => undefined };
    let chunks = 0;
    async function* file(): AsyncGenerator<Buffer> {
      yield head;
      for (; chunks < 1_000; chunks++) yield Buffer.alloc(65_536);
    }
    await capture.read(file(), sink, { name: "bomb" }).catch(() => {});
    return { ...heard, chunks };
  }

  test("a record of 4 GiB is refused before it is waited for", async () => {
    const record = Buffer.alloc(16, 0xff);
    const { weirds, chunks } = await readBehind(Buffer.concat([pcapFile([]), record]));
    expect([weirds, chunks]).toEqual([["pcap.record-length"], 0]);
  });

  test("a block of 4 GiB too", async () => {
    const block = Buffer.from("06000000fcffffff00000000", "hex");
    const { weirds, chunks } = await readBehind(Buffer.concat([SECTION, block]));
    expect([weirds, chunks]).toEqual([["pcapng.block-length"], 0]);
  });
});

describe("connections", () => {
  test("a flood of SYNs fills no table", () => {
    const tap = new Tap();
    for (let flow = 0; flow < MANY; flow++) tap.segment({ flow, seq: flow * 7, flags: SYN });
    expect(tap.kept).toBeLessThan(40);
    const { counters } = tap.end();
    expect(counters["tcp.flows"]).toBe(MANY);
    expect(counters["tcp.evicted-flows"]).toBeGreaterThan(MANY / 2);
  });

  test("a connection that talks survives the flood", () => {
    const tap = new Tap();
    const flow = MANY;
    tap.segment({ flow, seq: 0, flags: SYN });
    tap.segment({ flow, seq: 1, data: GET });
    for (let one = 0; one < MANY / 4; one++) tap.segment({ flow: one, flags: SYN });
    tap.segment({ flow, side: 1, seq: 1, ack: 1 + GET.length, data: OK("Content-Length: 0") });
    expect(tap.end().exchanges.map(brief)).toEqual(["GET /a 200"]);
  });

  test("unfinished heads on very many connections share one allowance", () => {
    const tap = new Tap();
    const head = text(`POST /a HTTP/1.1\r\nHost: shop.test\r\nX: ${"x".repeat(1_300)}`);
    for (let flow = 0; flow < 35_000; flow++) tap.segment({ flow, seq: 1, data: head });
    expect(tap.kept).toBeLessThan(280);
    const { counters } = tap.end();
    expect((counters["kept.refused-bytes"] ?? 0) + (counters["tcp.evicted-flows"] ?? 0)).toBeGreaterThan(0);
  });

  test("requests in flights that nobody answers push out the longest silent, not the one that talks", () => {
    const tap = new Tap();
    const flight = Buffer.concat(Array(12).fill(GET));
    tap.segment({ flow: MANY, seq: 1, data: GET });
    for (let flow = 0; flow < 8_000; flow++) {
      tap.segment({ flow, seq: 1, data: flight });
      if (flow % 100 === 0) tap.segment({ flow: MANY, seq: 1 + GET.length, flags: 0x10 });
    }
    expect(tap.kept).toBeLessThan(100);
    tap.segment({ flow: MANY, side: 1, seq: 1, ack: 1 + GET.length, data: OK("Content-Length: 0") });
    const { counters } = tap.end();
    expect(counters["tcp.evicted-flows"]).toBeGreaterThan(1_000);
    // Its request was still known.
    expect(counters["http1.orphan-responses"]).toBeUndefined();
  });

  test("a segment half the sequence space away is no riddle", () => {
    const tap = new Tap();
    const next = tap.stream(GET, { seq: 1 });
    tap.segment({ seq: next + 2 ** 31, data: GET });
    tap.segment({ side: 1, seq: 1, ack: next, data: OK("Content-Length: 0") });
    tap.segment({ side: 1, seq: 1 + 2 ** 31, ack: next + 2 ** 31, data: GET });
    expect(tap.end().exchanges.map(brief)[0]).toBe("GET /a 200");
  });
});

describe("segments", () => {
  test("of one byte, in order, are a message like any other", () => {
    const tap = Tap.opened();
    const size = MANY - 100;
    const post = text(`POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`);
    let seq = 1;
    for (const byte of post) tap.segment({ seq: seq++, data: Buffer.of(byte) });
    for (let i = 0; i < size; i++) tap.segment({ seq: seq++, data: Buffer.of(i) });
    expect(tap.kept).toBeLessThan(10);
    tap.segment({ side: 1, seq: 1, ack: seq, data: OK("Content-Length: 0") });
    const { exchanges, counters } = tap.end();
    expect(exchanges.map(brief)).toEqual(["POST /a 200"]);
    expect(exchanges[0]?.request.body).toMatchObject({ size, complete: false });
    expect(counters["http1.body-cut-bytes"]).toBe(size - 65_536);
  });

  test("of one byte behind a hole make it be given up", () => {
    const tap = new Tap();
    let seq = tap.stream(GET, { seq: 1 });
    for (let i = 0; i < MANY; i++) tap.segment({ seq: (seq += 2), data: Buffer.of(65) });
    expect(tap.kept).toBeLessThan(10);
    const { counters } = tap.end();
    expect(counters["tcp.evicted-holes"]).toBeGreaterThan(MANY / 2);
    expect(counters["tcp.gap-bytes"]).toBeGreaterThan(MANY / 2);
  });

  test("behind a hole that is never filled wait within a bound, and the connection is heard again", () => {
    const much = Buffer.alloc(40_000 * 1_448, 65);
    const tap = Tap.opened();
    const hole = tap.stream(GET, { seq: 1 }) + 1_448;
    const behind = tap.stream(much, { seq: hole });
    expect(tap.kept).toBeLessThan(10);
    tap.stream(text("GET /b HTTP/1.1\r\nHost: a\r\n\r\n"), { seq: behind });
    const { exchanges, counters } = tap.end();
    expect(exchanges.map(brief)).toEqual(["GET /a gap", "GET /b gap"]);
    expect(counters).toMatchObject({ "tcp.gaps": 1, "tcp.gap-bytes": 1_448 });
    expect(counters["tcp.evicted-holes"]).toBeGreaterThan(0);
  });

  test("held on very many connections share one pool", () => {
    const tap = new Tap();
    const full = Buffer.alloc(1_448, 65);
    for (let flow = 0; flow < 1_000; flow++) {
      const hole = tap.stream(GET, { flow, seq: 1 }) + 1_448;
      tap.stream(Buffer.alloc(100 * 1_448, full), { flow, seq: hole });
    }
    expect(tap.kept).toBeLessThan(120);
    expect(tap.end().counters["tcp.evicted-holes"]).toBeGreaterThan(100);
  });
});

describe("bodies that swell", () => {
  const MIB_64 = 64 * 1_048_576;
  const GIB_GZIPPED = Buffer.concat(Array(16).fill(gzipSync(Buffer.alloc(MIB_64), { level: 1 })));

  /** Zstandard blocks that repeat one byte 128 KiB long (RFC 8878, section 3.1.1.2): 1 GiB in 32 KiB. */
  const gibZstd = (): Buffer => {
    const block = Buffer.alloc(4);
    block.writeUIntLE((131_072 << 3) | (1 << 1), 0, 3);
    return Buffer.concat([Buffer.from("28b52ffd0050", "hex"), ...Array(8_192).fill(block)]);
  };

  function exchangeWith(encoding: string, body: Buffer): { exchange: Exchange | undefined; kept: number } {
    const tap = Tap.opened();
    const next = tap.stream(GET, { seq: 1 });
    const head = OK(`Content-Encoding: ${encoding}\r\nContent-Length: ${body.length}`);
    tap.stream(Buffer.concat([head, body]), { side: 1, seq: 1, ack: next });
    return { kept: tap.kept, exchange: tap.end().exchanges[0] };
  }

  test.each([
    ["gzip, 1 GiB", "gzip", GIB_GZIPPED],
    ["gzip twice, 1 GiB in some kilobytes", "gzip, gzip", gzipSync(GIB_GZIPPED)],
    [
      "br, 64 MiB",
      "br",
      brotliCompressSync(Buffer.alloc(MIB_64), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
    ],
    ["zstd, 1 GiB", "zstd", gibZstd()],
    ["three layers", "gzip, gzip, gzip", gzipSync(gzipSync(GIB_GZIPPED))],
  ])("%s", (_name, encoding, body) => {
    const { exchange, kept } = exchangeWith(encoding, body);
    expect(kept).toBeLessThan(20);
    const { outcome, flags } = exchange!;
    if (outcome.kind !== "answered" || outcome.response.body.kind !== "recorded") throw new Error("no body");
    expect(outcome.response.body.bytes.length).toBeLessThanOrEqual(1_048_576);
    expect(flags).toContain("encoding-limit");
    expect(outcome.response.body).toMatchObject({ size: body.length, complete: false });
  });
});

describe("heads without end", () => {
  test.each([
    ["one field of 10 MB", Buffer.alloc(10_000_000, "x"), "http1.fields-limit"],
    ["10 MB of fields", Buffer.alloc(10_000_000, "a: bcdefgh\r\n"), "http1.fields-limit"],
    ["10 MB of folded field", Buffer.alloc(10_000_000, "\r\n bcdefghij"), "smuggling-suspect"],
  ])("%s", (_name, filler, told) => {
    const head = Buffer.concat([text("GET /a HTTP/1.1\r\nHost: shop.test\r\nX: "), filler, text("\r\n\r\n")]);
    const tap = Tap.opened();
    const next = tap.stream(head, { seq: 1 });
    expect(tap.kept).toBeLessThan(5);
    tap.segment({ side: 1, seq: 1, ack: next, data: OK("Content-Length: 0") });
    const { exchanges, weirds } = tap.end();
    expect(exchanges.map(brief)).toEqual(["GET /a 200"]);
    const counted = [...weirds, ...(exchanges[0]?.flags ?? [])];
    expect(counted).toContain(told);
    const kept = exchanges[0]?.request.headers.reduce(
      (sum, [name, value]) => sum + name.length + value.length,
      0,
    );
    expect(kept).toBeLessThanOrEqual(65_536 + 1_000);
  });

  test("a target of 10 MB", () => {
    const request = text(`GET /${"x".repeat(1e7)} HTTP/1.1\r\nHost: a\r\n\r\n`);
    const tap = Tap.opened();
    const next = tap.stream(request, { seq: 1 });
    expect(tap.kept).toBeLessThan(5);
    tap.segment({ side: 1, seq: 1, ack: next, data: OK("Content-Length: 0") });
    const { exchanges, weirds } = tap.end();
    expect(weirds).toContain("http1.long-line");
    for (const { request } of exchanges) expect(request.path.length).toBeLessThanOrEqual(16_384);
  });

  test("10 MB of chunk sizes and trailers", () => {
    const long = Buffer.concat([
      OK("Transfer-Encoding: chunked"),
      text("1;"),
      Buffer.alloc(5_000_000, "x"),
      text("\r\na\r\n0\r\n"),
      Buffer.alloc(5_000_000, "t: bcdefgh\r\n"),
    ]);
    const tap = Tap.opened();
    const next = tap.stream(GET, { seq: 1 });
    tap.stream(long, { side: 1, seq: 1, ack: next });
    expect(tap.kept).toBeLessThan(5);
    expect(tap.end().exchanges.map(brief)[0]).toBe("GET /a 200");
  });
});

describe("HTTP/2", () => {
  const PREFACE = text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  function heard(...frames: readonly Uint8Array[]): { kept: number; heard: Heard } {
    const said = Buffer.concat([PREFACE, talker().settings(), ...frames]);
    const tap = Tap.opened();
    tap.stream(said, { seq: 1 });
    return { kept: tap.kept, heard: tap.end() };
  }

  test("a flood of 100,000 CONTINUATION frames is cut at its 33rd", () => {
    const piece = frame(9, 0, 1, Buffer.alloc(16, 0x40));
    const flood = Buffer.concat([frame(1, 0, 1, Buffer.of(0x82)), ...Array(100_000).fill(piece)]);
    const { kept, heard: result } = heard(flood);
    expect(kept).toBeLessThan(5);
    expect(result.weirds.filter((name) => name === "h2.continuation-limit")).toHaveLength(1);
  });

  test("100,000 empty CONTINUATION frames too", () => {
    const flood = Buffer.concat([frame(1, 0, 1), ...Array(100_000).fill(frame(9, 0, 1))]);
    expect(heard(flood).heard.weirds).toContain("h2.continuation-limit");
  });

  test("a table entry of 4 KB named 16,000 times a block is listed up to a limit", () => {
    const entry = Uint8Array.from([0x40, ...string("x", false), ...string("v".repeat(4_000), false)]);
    const references = Buffer.alloc(16_000, Uint8Array.from(integer(62, 7, 0x80)));
    const blocks = Array.from({ length: 100 }, (_, n) => frame(1, CLOSING, 2 * n + 3, references));
    const { kept, heard: result } = heard(frame(1, CLOSING, 1, entry), ...blocks);
    expect(kept).toBeLessThan(60);
    expect(result.weirds).toContain("hpack.list-limit");
  });

  test("trailers that name a table entry 8,000 times, on 300 streams that never end", () => {
    const client = talker();
    const entry = Uint8Array.from([0x40, ...string("x", false), ...string("v", false)]);
    const references = Buffer.alloc(7_500, Uint8Array.from(integer(62, 7, 0x80)));
    const asked = client.headers(1, get("/a")).subarray(9);
    const said = Array.from({ length: 300 }, (_, n) => [
      frame(1, END_HEADERS, 2 * n + 3, asked),
      frame(1, END_HEADERS, 2 * n + 3, references),
    ]).flat();
    const { kept, heard: result } = heard(frame(1, END_HEADERS, 1, Buffer.concat([asked, entry])), ...said);
    expect(kept).toBeLessThan(40);
    expect(result.weirds).toContain("h2.headers-limit");
  });

  test("25,000 streams that are opened and reset, and as many that stay open", () => {
    const client = talker();
    const first = client.headers(1, get("/a"));
    // All in the table by now: the same bytes say it again on every stream.
    const block = client.headers(3, get("/a")).subarray(9);
    const asked = (stream: number): Uint8Array => frame(1, END_HEADERS, stream, block);
    const reset = Array.from({ length: 25_000 }, (_, n) => [
      n === 0 ? first : asked(2 * n + 1),
      frame(3, 0, 2 * n + 1, Buffer.alloc(4)),
    ]).flat();
    const open = Array.from({ length: 25_000 }, (_, n) => asked(2 * n + 50_001));
    const { kept, heard: result } = heard(Buffer.concat([...reset, ...open]));
    expect(kept).toBeLessThan(40);
    expect(result.counters["h2.resets"]).toBe(25_000);
    expect(result.weirds).toContain("h2.streams-limit");
  });
});
