// Many literals as one pattern: exactly those that stand in the text are found.
import fc from "fast-check";
import { expect, test } from "vitest";
import { literalFinder } from "../../../src/ai/literals.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "/", ".", "("), minLength: 1, maxLength: 4 });

test("finds what a search for each would find", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
      fc.string({ unit: word }),
      (words, text) => {
        const finder = literalFinder(words.map((one) => [one, one] as const));
        const expected = words.filter((one) => text.includes(one));
        expect([...finder.find(text)].sort()).toEqual(expected.sort());
        expect(finder.any(text)).toBe(expected.length > 0);
      },
    ),
  );
});

test("case does not matter", () => {
  expect([...literalFinder([["/API/Jobs", 1]]).find("GET /api/jobs")]).toEqual([1]);
});
