import { expect, test } from "vitest";
import {
  digitsOf,
  entropyOf,
  passesLuhn,
  passesMod11And10,
  passesVerhoeff,
  weightedSum,
} from "../../../src/digest/check-digits.ts";

test("separators fall away", () => {
  expect(digitsOf("943 476-59.19")).toBe("9434765919");
});

test("weights go from left to right", () => {
  expect(weightedSum("123", [3, 2])).toBe(7);
});

const changed = (digits: string): readonly string[] =>
  [...digits].map(
    (digit, at) => digits.slice(0, at) + String((Number(digit) + 1) % 10) + digits.slice(at + 1),
  );

test.each([
  ["Luhn", passesLuhn, "79927398713"],
  ["Verhoeff", passesVerhoeff, "234123412346"],
  ["MOD 11,10", passesMod11And10, "86095742719"],
])("%s notices every single changed digit", (_, passes, digits) => {
  expect(passes(digits)).toBe(true);
  expect(changed(digits).filter(passes)).toEqual([]);
});

test("zeros are no number", () => {
  expect(passesLuhn("0000000000000000")).toBe(false);
});

test("entropy is in bits per character", () => {
  expect([entropyOf("aaaa"), entropyOf("abab"), entropyOf("abcd")]).toEqual([0, 1, 2]);
});
