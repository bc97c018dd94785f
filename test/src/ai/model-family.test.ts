// Versions, variants and owners do not change the family.
import { expect, test } from "vitest";
import { modelFamily } from "../../../src/ai/model-family.ts";

test.each([
  ["gpt-4o-mini", "gpt"],
  ["gpt-3.5-turbo", "gpt"],
  ["openai/gpt-5", "gpt"],
  ["us.anthropic.claude-3-haiku-20240307-v1:0", "claude"],
  ["meta-llama/Llama-3.1-8B-Instruct", "llama"],
  ["llama3.2:1b", "llama"],
  ["qwen2.5-coder", "qwen"],
  ["o3-mini", "o"],
  ["4.1", ""],
])("%s is of %s", (model, family) => {
  expect(modelFamily(model)).toBe(family);
});
