// Three runs of eight words make a repetition; fewer may be chance.
import { expect, test } from "vitest";
import { createShingles } from "../../../../src/digest/ai/shingles.ts";
import { hash32 } from "../../../../src/model/hash.ts";

const TEXT = "one two three four five six seven eight nine ten eleven twelve";

test("repetition is noticed, whatever stands around it", () => {
  const shingles = createShingles(hash32);
  expect(shingles.knows(TEXT)).toBe(false);
  shingles.learn(TEXT);
  expect(shingles.knows(`It said: ${TEXT.toUpperCase()}!`)).toBe(true);
  expect(shingles.knows("one two three four five six seven eight nine")).toBe(false);
});

test("what is old makes room", () => {
  const shingles = createShingles(hash32);
  shingles.learn(TEXT);
  const words = Array.from({ length: 1000 }, (_, at) => `w${at}`);
  for (let round = 0; round < 20; round += 1) shingles.learn(words.map((word) => word + round).join(" "));
  expect(shingles.knows(TEXT)).toBe(false);
});
