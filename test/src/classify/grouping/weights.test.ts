import { expect, test } from "vitest";
import { scoreOf, WEIGHTS } from "../../../../src/classify/grouping/weights.ts";

test("a score is the weighted sum; unknown features count nothing", () => {
  const weights = { ...WEIGHTS, weights: { bias: -1, a: 2 } };
  expect(scoreOf({ segment: "x", values: { bias: 1, a: 0.5, unheard: 9 } }, weights)).toBe(0);
});

test("the shipped weights say where they come from", () => {
  expect(WEIGHTS.fitted).toContain("sha256:");
  expect(Object.values(WEIGHTS.weights).every(Number.isFinite)).toBe(true);
});
