// PostgreSQL's limits on text, times and counts, kept before the text gets there.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanCopy, cleanJson, cleanText, wholeCount, wholeMs } from "../../../src/store/clean.ts";

const anything = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});
const biased = fc.array(fc.constantFrom("\0", "\ud800", "\udc00", "\\", "u", "0000", "d800", '"', "😀", "a"));

test.each([
  ["a\0b", "a\ufffdb"],
  ["\ud83d\ude00", "😀"],
  ["\ud83d", "\ufffd"],
  ["\ude00\ud83d", "\ufffd\ufffd"],
  [String.raw`\u0000`, String.raw`\u0000`],
])("text %j becomes %j", (given, kept) => {
  expect(cleanText(given)).toBe(kept);
});

test("clean text and clean JSON agree, whatever the text", () => {
  const check = (text: string): void => {
    expect(JSON.parse(cleanJson(JSON.stringify({ [text]: [text] })))).toEqual(
      Object.fromEntries([[cleanText(text), [cleanText(text)]]]),
    );
    expect(cleanText(text)).not.toMatch(/[\0\p{Surrogate}]/u);
    expect(cleanText(text)).toHaveLength(text.length);
  };
  fc.assert(fc.property(anything, check));
  fc.assert(fc.property(biased, (parts) => check(parts.join(""))));
});

test("a copy shares nothing with its original", () => {
  const original = { list: ["a\0"], left: undefined };
  const copy = cleanCopy(original);
  original.list.push("b");
  expect(copy).toEqual({ list: ["a\ufffd"] });
});

describe("numbers", () => {
  test("times are whole, and in years PostgreSQL reads", () => {
    fc.assert(
      fc.property(fc.double(), (ms) => {
        expect(new Date(wholeMs(ms)).toISOString()).toMatch(/^\d{4}-/);
      }),
    );
    expect([1.4, 1.5, -7, Number.NaN].map(wholeMs)).toEqual([1, 2, 0, 0]);
  });

  test("counts are safe integers", () => {
    fc.assert(
      fc.property(fc.double(), (count) => {
        expect(Number.isSafeInteger(wholeCount(count)) && wholeCount(count) >= 0).toBe(true);
      }),
    );
  });
});
