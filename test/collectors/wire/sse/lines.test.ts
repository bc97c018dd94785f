// Lines of a stream: every ending, every cut, and a length that is bounded.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createLineSplitter } from "../../../../collectors/wire/sse/lines.ts";

function split(endings: "lf" | "any", bytes: Uint8Array, cut = 0): string[] {
  const splitter = createLineSplitter(endings);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += cut || bytes.length) {
    lines.push(...splitter.push(bytes.subarray(at, at + (cut || bytes.length)), at).map(({ text }) => text));
  }
  return [...lines, ...splitter.end().map(({ text }) => `unended ${text}`)];
}

test.each([
  ["any", "a\rb\nc\r\nd\n\r\n\re", ["a", "b", "c", "d", "", "", "unended e"]],
  ["any", "\r\r\n\n", ["", "", ""]],
  ["lf", "a\rb\r\n\nc", ["a\rb", "", "unended c"]],
] as const)("endings %s in %j", (endings, text, lines) => {
  expect(split(endings, Buffer.from(text))).toEqual(lines);
});

test("cuts do not matter, not even inside a character", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[aé\r\n]*$/),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom("lf" as const, "any" as const),
      (text, cut, endings) => {
        const bytes = Buffer.from(text);
        expect(split(endings, bytes, cut)).toEqual(split(endings, bytes));
      },
    ),
  );
});

test("an endless line is cut, the next one is whole", () => {
  const splitter = createLineSplitter("lf");
  const chunk = Buffer.alloc(10_000, 97);
  for (let i = 0; i < 100; i++) expect(splitter.push(chunk, i)).toEqual([]);
  const [long, next] = splitter.push(Buffer.from("\nb\n"), 100);
  expect([long?.text.length, long?.cut, next]).toEqual([65_536, true, { text: "b", at: 100, cut: false }]);
});
