// Names of models are told from other values that stand under the same field.
import { expect, test } from "vitest";
import { modelInPath, modelName } from "../../../src/ai/model-names.ts";

test.each([
  "gpt-4o-2024-08-06",
  "anthropic.claude-3-5-sonnet-20241022-v2:0",
  "openai/gpt-4o-mini",
  "llama3.1:8b",
  "qwen2.5-coder:7b-instruct",
  "models/gemini-2.5-flash",
  "mistralai/Mistral-7B-Instruct-v0.3",
])("%s is one", (name) => {
  expect(modelName(name)).toBe(name);
});

test.each(["Corolla 2019", "X1", "T-800", "jane@example.com", "default", "", "o'neil"])(
  "%s is none",
  (name) => {
    expect(modelName(name)).toBeNull();
  },
);

test.each([
  ["/openai/deployments/gpt-4o/chat/completions", "gpt-4o"],
  ["/v1beta/models/gemini-2.5-pro:generateContent", "gemini-2.5-pro"],
  ["/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse", "anthropic.claude-3-haiku-20240307-v1:0"],
  ["/models/sedan/prices", null],
])("%s names %s", (path, name) => {
  expect(modelInPath(path)).toBe(name);
});
