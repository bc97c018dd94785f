// The eye on passing texts: words are noticed, codes are not.
import { expect, test } from "vitest";
import type { Shape } from "../../../../src/model/shape.ts";
import {
  hasLongText,
  hasNumberRows,
  queryWordiness,
  watch,
  wordinessOf,
} from "../../../../src/digest/text/watch.ts";

test.each([
  ["3f2504e0-4f89-11d3-9a0c-0305e82c3301", 0],
  ["blue green large", 1],
  ["please call me back soon", 2],
  ["快递怎么还没有到", 2],
])("%s", (text, words) => expect(wordinessOf(text)).toBe(words));

test("what passes is handed on", () => {
  const seen: string[] = [];
  const eye = watch({ scan: (text) => void seen.push(text), wantsNumber: () => true });
  eye.scanner.scan("please call me back soon", "n", () => "n");
  expect(seen).toHaveLength(1);
  expect(eye.wordiness()).toBe(2);
});

test("queries", () => {
  expect(queryWordiness("q=what+is+the+best+time")).toBe(2);
  expect(queryWordiness("page=1&size=20&sort=name")).toBe(0);
});

test("long texts that stand alone", () => {
  const text = (maxLength: number) => ({
    count: 1,
    string: { count: 1, empty: 0, formats: 0, minLength: 1, maxLength },
  });
  const within = (name: string, inner: Shape): Shape => ({
    count: 1,
    object: { count: 1, fields: { kept: { [name]: inner }, tau: null, rest: null } },
  });
  expect(hasLongText(within("t", text(128)))).toBe(true);
  expect(hasLongText(within("data", within("t", text(128))))).toBe(true);
  expect(hasLongText(within("t", text(32)))).toBe(false);
  expect(
    hasLongText({ count: 1, array: { count: 1, empty: 0, minLength: 1, maxLength: 1, items: text(128) } }),
  ).toBe(false);
  expect(hasLongText(null)).toBe(false);
});

test("rows of broken numbers", () => {
  const number = { count: 1, integer: false, fits: "int32", decimals: 3 } as const;
  const row = {
    count: 1,
    array: { count: 1, empty: 0, minLength: 6, maxLength: 6, items: { count: 6, number } },
  };
  expect(hasNumberRows(row)).toBe(true);
  expect(hasNumberRows({ count: 1, number })).toBe(false);
  expect(hasNumberRows(null)).toBe(false);
});
