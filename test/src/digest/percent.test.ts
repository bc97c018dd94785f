import * as fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseSegment, percentDecode } from "../../../src/digest/percent.ts";

test.each([
  ["a%20b", "a b"],
  ["%C3%A9", "é"],
  ["%E9", "é"],
  ["%zz%", "%zz%"],
  ["%C3%A9%E9%41", "Ã©éA"],
])("%s reads %s", (encoded, text) => {
  expect(percentDecode(encoded)).toBe(text);
});

test("normal form encodes what must be and nothing else", () => {
  expect(normaliseSegment("a~b%7e%2f{é日}")).toBe("a~b~%2F%7B%E9%E6%97%A5%7D");
});

test("normal form is reached at once, and nothing fails", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      percentDecode(text);
      const once = normaliseSegment(text);
      expect(normaliseSegment(once)).toBe(once);
    }),
  );
});
