// What messages may say of language models.
import { expect, test } from "vitest";
import { aiFacts, toolFacts } from "../../../src/stream/ai-schemas.ts";
import { emptyTool } from "../../../src/model/tool-facts.ts";

test("a tool passes as it is", () => {
  const tool = emptyTool("tool", "delete_customer", 7);
  expect(toolFacts.parse(JSON.parse(JSON.stringify(tool)))).toEqual(tool);
});

test("facts need no part", () => {
  expect(aiFacts.parse({})).toEqual({});
  expect(aiFacts.safeParse({ marks: { x: -1 } }).success).toBe(false);
});
