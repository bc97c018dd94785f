// Lines come out whole whatever the chunks, and no line grows without bound.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter } from "../../../collectors/gateway-log/lines.ts";
import type { RecordSplitter } from "../../../collectors/gateway-log/framing.ts";

/** Records as text, weirds by name in angle brackets. */
function read(splitter: RecordSplitter, chunks: readonly (string | Uint8Array)[]): string[] {
  const records = chunks.flatMap((chunk) =>
    splitter.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk),
  );
  return [...records, ...splitter.end()].map((record) =>
    record.ok ? record.value : `<${record.weird.name}>`,
  );
}

test.each([
  ["", []],
  ["a", ["a"]],
  ["a\nb\n", ["a", "b"]],
  ["a\r\nb\r\n", ["a", "b"]],
  ["\n\r\n\n a \n", [" a "]],
  ["\uFEFFa\n\uFEFFb", ["a", "\uFEFFb"]],
  ["\0\0\0a\n\0b\0c", ["a", "b\0c"]],
  ["é\n日本", ["é", "日本"]],
  ["a\rb\n", ["a\rb"]],
])("%j gives %j", (text, lines) => {
  expect(read(new LineSplitter(), [text])).toEqual(lines);
});

test("cuts do not matter", () => {
  const text = fc.array(fc.constantFrom("a", "é", "\r", "\n", "\0", "\uFEFF", " "), { maxLength: 40 });
  fc.assert(
    fc.property(text, fc.array(fc.nat(60), { maxLength: 6 }), (parts, cuts) => {
      const bytes = Buffer.from(parts.join(""));
      const places = [0, ...cuts.filter((at) => at <= bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
      expect(read(new LineSplitter(), chunks)).toEqual(read(new LineSplitter(), [bytes]));
    }),
    { numRuns: 500 },
  );
});

const LIMIT = 1_048_576;

test.each([1, 65_536, 10_000_000])("a line over the limit is one weird, in chunks of %i", (size) => {
  const bytes = Buffer.from(`a\n${"x".repeat(LIMIT + 1)}\nb\n${"y".repeat(LIMIT)}\nc`);
  const splitter = new LineSplitter();
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  expect(read(splitter, chunks)).toEqual(["a", "<lines.too-long>", "b", "y".repeat(LIMIT), "c"]);
  expect(splitter.peakHeld).toBeLessThanOrEqual(LIMIT);
});

test("an endless line is told at the end, and held no longer than the limit", () => {
  const splitter = new LineSplitter();
  const chunk = Buffer.alloc(300_000, "x");
  expect(
    read(
      splitter,
      Array.from({ length: 20 }, () => chunk),
    ),
  ).toEqual(["<lines.too-long>"]);
  expect(splitter.peakHeld).toBeLessThanOrEqual(LIMIT);
});

test("a run of NULs in front of a line, however long, is not held", () => {
  const splitter = new LineSplitter();
  const zeros = Buffer.alloc(1_000_000);
  expect(read(splitter, [zeros, zeros, zeros, "a\n"])).toEqual(["a"]);
  expect(splitter.peakHeld).toBe(0);
});
