import { expect, test } from "vitest";
import type { Cursor } from "../../../src/digest/json-text.ts";
import { endOfString, skipNested, skipSpace, stop, textBetween } from "../../../src/digest/json-text.ts";

const at = (text: string, at = 0): Cursor => ({ text, at, complete: true, wrong: false });

test("space is skipped up to a character, or to the end", () => {
  const cursor = at(" \t\r\n{");
  expect([skipSpace(cursor), cursor.at]).toEqual([0x7b, 4]);
  expect(skipSpace(at("  "))).toBeNaN();
});

test.each([
  ['"ab"', 3],
  ['"a\\"b"', 5],
  ['"a\\\\"', 4],
  ['"open', -1],
  ['"\\"', -1],
])("%s ends at %i", (text, end) => {
  expect(endOfString(at(text))).toBe(end);
});

test("escapes are resolved; bad ones stay", () => {
  expect([textBetween('"a\\u0041"', 1, 8), textBetween('"a\\x"', 1, 4)]).toEqual(["aA", "a\\x"]);
});

test.each([
  ['[{"a":"]"}] rest', true, 11],
  ["[[", false, 2],
  ['["open', false, 6],
])("%s is skipped", (text, whole, end) => {
  const cursor = at(text);
  expect([skipNested(cursor), cursor.at]).toEqual([whole, end]);
});

test("stopping is wrong in the middle, not at the end", () => {
  const [middle, end] = [at("ab", 1), at("ab", 2)];
  expect([stop(middle), middle.wrong, stop(end), end.wrong]).toEqual([false, true, false, false]);
});
