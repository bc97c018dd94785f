// JSON of anybody: asked for by type, repaired where nginx escapes it wrong.
import * as fc from "fast-check";
import { anyText } from "./any-text.ts";
import { expect, test } from "vitest";
import {
  listOf,
  numberOf,
  objectOf,
  parseObject,
  sizeOf,
  textOf,
} from "../../../collectors/gateway-log/json.ts";

test.each([
  ['{"a":1}', { a: 1 }],
  ['{"a":"\\x22b\\x5c"}', { a: '"b\\' }],
  ['{"a":"c:\\\\x22","b":"\\x41"}', { a: "c:\\x22", b: "A" }],
  ["[]", undefined],
  ["null", undefined],
  ["1", undefined],
  ['{"a":', undefined],
  ["\\x7b", undefined],
  ["", undefined],
])("%s", (text, object) => {
  expect(parseObject(text)).toEqual(object);
});

test("each accessor gives its type or nothing", () => {
  const values = ["x", "1.5", " ", 2, Number.NaN, true, null, undefined, [1], { a: 1 }];
  const missing = undefined;
  expect(values.map(textOf)).toEqual(["x", "1.5", " ", ...Array.from({ length: 7 }, () => missing)]);
  expect(values.map(numberOf)).toEqual([
    missing,
    1.5,
    missing,
    2,
    ...Array.from({ length: 6 }, () => missing),
  ]);
  expect(values.map(objectOf).filter((value) => value !== undefined)).toEqual([{ a: 1 }]);
  expect(values.map(listOf).filter((value) => value.length > 0)).toEqual([[1]]);
  expect([5, "7", 1.5, 0, -1, "-", ""].map(sizeOf)).toEqual([5, 7, 1, 0, null, null, null]);
});

test("nothing throws, however deep or odd", () => {
  expect(parseObject(`{"a":${"[".repeat(200_000)}`)).toBeUndefined();
  fc.assert(
    fc.property(anyText(), (text) => {
      parseObject(text);
      parseObject(`{"a":"\\x2${text}"}`);
    }),
  );
});
