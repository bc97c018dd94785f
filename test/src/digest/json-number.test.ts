import * as fc from "fast-check";
import { expect, test } from "vitest";
import { digitsAt, isNumber } from "../../../src/digest/json-number.ts";

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

test("agrees with the grammar on what is a number", () => {
  const text = fc.oneof(fc.stringMatching(/^[-+.eE019]{0,7}$/), fc.double().map(String));
  fc.assert(
    fc.property(text, fc.constantFrom("", ",", " ", "}"), (text, behind) => {
      const digits = digitsAt(text + behind, 0);
      expect(isNumber(text + behind, digits) && digits.end === text.length).toBe(NUMBER.test(text));
    }),
    { numRuns: 2000 },
  );
});

test("tells where its parts end", () => {
  expect(digitsAt("[-12.50e+3]", 1)).toEqual({ from: 1, point: 4, fraction: 7, end: 10 });
  expect(digitsAt("7,", 0)).toEqual({ from: 0, point: 1, fraction: 1, end: 1 });
});
