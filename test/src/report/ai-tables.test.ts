// Long lists stay a line.
import { expect, test } from "vitest";
import { aiSection } from "../../../src/report/ai-section.ts";
import { aiTables } from "../../../src/report/ai-tables.ts";
import { aDefinition, anAiEndpoint, aTool, spoken } from "../inventory/an-ai-endpoint.ts";

test("three parameters are named, the rest counted", () => {
  const parameters = { a: "any", b: "any", c: "any", d: "any", e: "any" };
  const endpoint = anAiEndpoint({
    said: { protocols: { mcp: spoken() } },
    tools: [aTool("look", { x: aDefinition(0, { parameters }) })],
  });
  const table = aiTables(aiSection([endpoint])).find(({ title }) => title.startsWith("Tools"));
  expect(table?.rows[0]?.cells).toContain("a, b, c and 2 more");
});
