import fc from "fast-check";
import { expect, test } from "vitest";
import { Allowance } from "../../../../collectors/wire/allowance.ts";
import { Window } from "../../../../collectors/wire/http1/lines.ts";

function lines(text: string, cuts: readonly number[]): { line: string; start: number }[] {
  const window = new Window(new Allowance(() => {}));
  const found: { line: string; start: number }[] = [];
  let at = 0;
  const sizes = [...cuts];
  while (at < text.length) {
    const part = text.slice(at, at + (sizes.shift() ?? text.length));
    window.open(Buffer.from(part, "latin1"), at, at, -1);
    for (let line = window.line(); line !== null; line = window.line())
      found.push({ line, start: window.lineStart });
    at += part.length;
  }
  return found;
}

test("lines end with CR LF or LF, and know where they began", () => {
  expect(lines("ab\r\n\nc\rd\nrest", [])).toEqual([
    { line: "ab", start: 0 },
    { line: "", start: 4 },
    { line: "c\rd", start: 5 },
  ]);
});

test("cuts do not matter", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a\r\n]*$/), fc.array(fc.integer({ min: 1, max: 4 })), (text, cuts) => {
      expect(lines(text, cuts)).toEqual(lines(text, []));
    }),
  );
});

test("a line without end is bounded", () => {
  const window = new Window(new Allowance(() => {}));
  for (let index = 0; index < 30; index++) {
    window.open(Buffer.alloc(10_000, 0x61), index * 10_000, 0, -1);
    window.line();
  }
  expect([window.partial.length, window.left]).toEqual([65_536, 0]);
});
