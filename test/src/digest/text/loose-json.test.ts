// JSON that was cut anywhere gives what had been said until there.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLoosely } from "../../../../src/digest/text/loose-json.ts";

test.each([
  ['{"a":"some te', { a: "some te" }],
  ['{"a":1,"b":[1,2', { a: 1, b: [1] }],
  ['{"a":{"b":true},"c', { a: { b: true } }],
  ['{"a":"x\\u00', { a: "x" }],
  ["[", []],
])("%s", (text, value) => expect(parseLoosely(text, false)).toEqual(value));

test("what is no JSON is none", () => {
  expect(parseLoosely("hello", false)).toBeUndefined();
  expect(parseLoosely('{"a":"some te', true)).toBeUndefined();
  expect(parseLoosely('\uFEFF{"a":1}', true)).toEqual({ a: 1 });
});

test("any cut of any JSON object is readable", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, at) => {
      const text = JSON.stringify(value);
      const cut = text.slice(0, 1 + (at % text.length));
      expect(parseLoosely(cut, false)).toBeTypeOf("object");
    }),
  );
});
