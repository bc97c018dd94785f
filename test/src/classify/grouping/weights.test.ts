import { expect, test } from "vitest";
import { scoreOf, WEIGHTS } from "../../../../src/classify/grouping/weights.ts";

test("a score is what the trees say", () => {
  const weights = { ...WEIGHTS, features: ["a"], bias: -1, trees: ["0>0.2:0 :0.5 :2"] };
  expect(scoreOf({ segment: "x", values: { a: 0.5, unheard: 9 } }, weights)).toBe(1);
});

test("the shipped weights say where they come from", () => {
  expect(WEIGHTS.fitted).toContain("sha256:");
});

test("numbers are more likely values than words are", () => {
  const score = (form: string) =>
    scoreOf({ segment: "x", values: { [form]: 1, "behind:plural": 1 } }, WEIGHTS);
  expect(score("class:int")).toBeGreaterThan(score("class:word"));
});
