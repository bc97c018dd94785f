// Lines by their three endings, with no more kept of one than is wanted.
import { expect, test } from "vitest";
import { LineCutter } from "../../../../src/digest/stream/lines.ts";

function cut(cutter: LineCutter, ...pieces: readonly string[]): readonly (readonly [string, number])[] {
  const found: [string, number][] = [];
  for (const piece of pieces) cutter.push(piece, (line, size) => found.push([line, size]));
  cutter.end((line, size) => found.push([line, size]));
  return found;
}

const texts = (lines: ReturnType<typeof cut>) => lines.map(([line]) => line);

test("CR, LF and CRLF each end one line, a CRLF in two pieces too", () => {
  expect(texts(cut(new LineCutter("any", 99), "a\rb\nc\r\nd\r", "\n\ne"))).toEqual([
    "a",
    "b",
    "c",
    "d",
    "",
    "e",
  ]);
  expect(texts(cut(new LineCutter("any", 99), "a\r", "", "\nb"))).toEqual(["a", "b"]);
});

test("LF alone", () => {
  expect(texts(cut(new LineCutter("lf", 99), "a\rb\r\nc\n"))).toEqual(["a\rb\r", "c"]);
});

test("long lines are kept in part and told in full", () => {
  expect(cut(new LineCutter("lf", 3), "ab", "cdef\n", "xyz123\ng")).toEqual([
    ["abc", 6],
    ["xyz", 6],
    ["g", 1],
  ]);
});
