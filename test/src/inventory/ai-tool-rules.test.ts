// The sentence of a finding about tools stays a line, however many tools there are.
import { expect, test } from "vitest";
import { AI_TOOL_RULES } from "../../../src/inventory/ai-tool-rules.ts";
import { aDefinition, anAiEndpoint, aTool } from "./an-ai-endpoint.ts";

test("names eight and counts the rest", () => {
  const tools = Array.from({ length: 10 }, (_, at) =>
    aTool(`wipe_${at}`, { x: aDefinition(0, { effect: "delete" }) }),
  );
  const rule = AI_TOOL_RULES.find(({ id }) => id === "ai-excessive-agency");
  const text = rule?.holds(anAiEndpoint({ auth: "none", tools })) ?? "";
  expect(text).toContain("wipe_7 (delete) and 2 more");
  expect(text).not.toContain("wipe_8");
});
