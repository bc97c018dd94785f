// Entries come out one by one from any writing of a HAR, cut anywhere, and never more than one is held.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HarSplitter } from "../../../collectors/gateway-log/har-entries.ts";

function read(chunks: Iterable<string | Uint8Array>, splitter = new HarSplitter()): unknown[] {
  const records = [];
  for (const chunk of chunks)
    records.push(...splitter.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk));
  return [...records, ...splitter.end()].map((record) => {
    return record.ok ? (JSON.parse(record.value) as unknown) : `<${record.weird.name}>`;
  });
}

const ENTRIES = [{ a: 1 }, { b: '"]}', c: [{ d: "\\" }, "é"] }, {}];

describe("every writing of the same document", () => {
  const log = { version: "1.2", creator: { entries: [{ no: 1 }], name: "log" }, pages: [[{ no: 2 }]] };
  test.each([
    ["compact", JSON.stringify({ log: { ...log, entries: ENTRIES } })],
    ["pretty", JSON.stringify({ log: { ...log, entries: ENTRIES } }, null, 2)],
    ["keys behind", JSON.stringify({ log: { entries: ENTRIES, ...log, comment: "entries" } })],
    [
      "keys around",
      JSON.stringify({ entries: [{ no: 3 }], x: ["log"], log: { ...log, entries: ENTRIES }, y: {} }),
    ],
    ["byte order mark", `\uFEFF${JSON.stringify({ log: { entries: ENTRIES } })}`],
    [
      "spaces",
      `\n{ "log"\t:\r\n{ "entries" : [ ${ENTRIES.map((entry) => JSON.stringify(entry)).join(" , ")} ] } }\n`,
    ],
  ])("%s", (_, text) => {
    expect(read([text])).toEqual(ENTRIES);
    expect(read(oneByOne(text))).toEqual(ENTRIES);
  });
});

function* oneByOne(text: string): Generator<Uint8Array> {
  for (const byte of Buffer.from(text)) yield Uint8Array.of(byte);
}

test.each([
  ["", ["<har-entries.no-entries>"]],
  ["plain text", ["<har-entries.no-entries>"]],
  ['{"log":[]}', ["<har-entries.no-entries>"]],
  ['{"log":{"entries":{"a":1}}}', ["<har-entries.no-entries>"]],
  ['{"log":"entries","entries":[{"a":1}]}', ["<har-entries.no-entries>"]],
  ['{"log":{"entries":[]}}', []],
  ['{"log":{"entries":[{"a":1},{"b":', [{ a: 1 }, "<har-entries.cut>"]],
  ['{"log":{"entries":[{"a":1},', [{ a: 1 }, "<har-entries.cut>"]],
  ['{"log":{"entries":[{"a":1}]', [{ a: 1 }, "<har-entries.cut>"]],
  ['{"log":{"entries":[{"a":1}],"comm', [{ a: 1 }, "<har-entries.cut>"]],
  ['{"log":{"entries":[{"a":"\\"', ["<har-entries.cut>"]],
  ['{"log":{"entries":[null,{"a":1},"x{",[{"b":2}],7]}}', [NOT(), { a: 1 }, NOT(), NOT(), NOT()]],
])("%s gives %j", (text, gives) => {
  expect(read([text])).toEqual(gives);
  expect(read(oneByOne(text))).toEqual(gives);
});

function NOT(): string {
  return "<har-entries.not-object>";
}

test("cuts do not matter, in any text", () => {
  const words = [
    "{",
    "}",
    "[",
    "]",
    '"log"',
    '"entries"',
    ":",
    ",",
    '"',
    "\\",
    "1",
    " ",
    '{"a":[{}]}',
    "\uFEFF",
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join(""));
  const start = fc.constantFrom("", '{"log":{"entries":[', '{"log":{"a":{},"entries":[{"b":1},');
  fc.assert(
    fc.property(start, text, fc.integer({ min: 1, max: 7 }), (before, after, size) => {
      const bytes = Buffer.from(before + after);
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      expect(texts(chunks)).toEqual(texts([bytes]));
    }),
    { numRuns: 1000 },
  );
});

function texts(chunks: readonly Uint8Array[]): unknown[] {
  const splitter = new HarSplitter();
  return [...chunks.flatMap((chunk) => [...splitter.push(chunk)]), ...splitter.end()];
}

test("how far it got is told", () => {
  const splitter = new HarSplitter();
  expect(splitter.found).toBe("nothing");
  splitter.push(Buffer.from('{"log":{"version":'));
  expect(splitter.found).toBe("log");
  splitter.push(Buffer.from('"1.2","entries":['));
  expect(splitter.found).toBe("entries");
});

const MIB = 1_048_576;

test("an entry over 64 MiB is left out and what follows is read", () => {
  const splitter = new HarSplitter();
  const filling = Buffer.alloc(MIB, "x");
  function* document(): Generator<string | Uint8Array> {
    yield '{"log":{"entries":[{"a":1},{"big":"';
    for (let count = 0; count < 70; count++) yield filling;
    yield '"},{"b":2}]}}';
  }
  expect(read(document(), splitter)).toEqual([{ a: 1 }, "<har-entries.too-large>", { b: 2 }]);
  expect(splitter.peakHeld).toBeLessThanOrEqual(64 * MIB);
});

test("50 MB pass through while one entry at most is held", () => {
  const splitter = new HarSplitter();
  const entry = JSON.stringify({ request: { url: "https://shop.test/" }, text: "x".repeat(20_000) });
  const bytes = Buffer.from(`${entry},`.repeat(100));
  let seen = 0;
  splitter.push(Buffer.from('{"log":{"entries":['));
  for (let round = 0; round < 25; round++) {
    for (let at = 0; at < bytes.length; at += 65_536) {
      for (const record of splitter.push(bytes.subarray(at, at + 65_536))) {
        if (record.ok && record.value.length === entry.length) seen++;
      }
    }
  }
  expect(seen).toBe(2500);
  expect(splitter.peakHeld).toBeGreaterThan(0);
  expect(splitter.peakHeld).toBeLessThanOrEqual(entry.length);
});
