// Costs are estimates by list price, and unknown models have none.
import { expect, test } from "vitest";
import { estimatedDollars, tokenSide } from "../../../src/ai/spend.ts";

test("the longest name wins", () => {
  const million = { input: 1_000_000, output: 0 };
  const mini = estimatedDollars("gpt-4o-mini-2024-07-18", million) ?? 0;
  expect(mini).toBeLessThan(estimatedDollars("gpt-4o-2024-08-06", million) ?? 0);
  expect(estimatedDollars("openai/gpt-4o-mini", million)).toBe(mini);
});

test("a model without price costs nothing known", () => {
  expect(estimatedDollars("llama3:8b", { input: 5, output: 5 })).toBeNull();
});

test.each([
  ["prompt_tokens", "input"],
  ["output_tokens", "output"],
  ["candidatesTokenCount", "output"],
  ["eval_count", "output"],
  ["prompt_eval_count", "input"],
  ["total_tokens", null],
  ["count", null],
])("%s counts %s", (field, side) => {
  expect(tokenSide(field)).toBe(side);
});
