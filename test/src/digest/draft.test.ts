import * as fc from "fast-check";
import { expect, test } from "vitest";
import { draftLexeme, draftNumber, draftString, emptyDraft, shapeOf } from "../../../src/digest/draft.ts";
import { ALL_FORMATS, formatNames } from "../../../src/model/formats.ts";

test("nothing seen is nothing said", () => {
  expect(shapeOf(emptyDraft())).toEqual({ count: 0 });
});

test("lengths are kept as powers of two around them", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (length) => {
      const draft = emptyDraft();
      draftString(draft, "x".repeat(length));
      const { minLength = 0, maxLength = 0 } = shapeOf(draft).string ?? {};
      expect(
        minLength <= length && length <= maxLength && minLength * 2 > length && maxLength < length * 2,
      ).toBe(true);
      expect([Math.log2(minLength) % 1, Math.log2(maxLength) % 1]).toEqual([0, 0]);
    }),
  );
});

test("formats survive while every value has them; the empty value has all", () => {
  const draft = emptyDraft();
  draftString(draft, "");
  expect(shapeOf(draft).string).toEqual({
    count: 1,
    empty: 1,
    formats: ALL_FORMATS,
    minLength: 0,
    maxLength: 0,
  });
  draftString(draft, "42");
  draftString(draft, "4.2");
  expect(formatNames(shapeOf(draft).string?.formats ?? 0)).toEqual(["decimal"]);
});

test.each([
  ["42", { number: { count: 1, integer: true, fits: "int32", decimals: 0 } }],
  ["-4.20", { number: { count: 1, integer: false, fits: "int32", decimals: 2 } }],
  ["true", { booleans: 1 }],
])("the lexeme %s is %j", (text, shape) => {
  const draft = emptyDraft();
  draftLexeme(draft, text);
  expect(shapeOf(draft)).toEqual({ count: 0, ...shape });
});

test.each(["007", "1e5", "+1", "", "abc"])("the lexeme %s is a string", (text) => {
  const draft = emptyDraft();
  draftLexeme(draft, text);
  expect(shapeOf(draft).string?.count).toBe(1);
});

test("numbers keep the widest of what they were", () => {
  const draft = emptyDraft();
  for (const lexeme of ["1", "-2147483649", "2.125"]) draftNumber(draft, lexeme);
  expect(shapeOf(draft).number).toEqual({ count: 3, integer: false, fits: "int53", decimals: 3 });
});
