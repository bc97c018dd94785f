// The AI inventory in the API's spelling.
import { expect, test } from "vitest";
import { aiEndpointJson, inventoryJson, inventorySchema, risksJson } from "../../../src/api/ai-json.ts";
import { aiSection } from "../../../src/report/ai-section.ts";
import { aDefinition, anAiEndpoint, aTool, spoken } from "../inventory/an-ai-endpoint.ts";

const ENDPOINT = anAiEndpoint({
  auth: "none",
  verdict: { kind: "mcp-server" },
  said: { protocols: { mcp: spoken() }, actors: { "coding-agent": { requests: 2, supported: 1 } } },
  tools: [aTool("wipe", { x: aDefinition(0, { effect: "delete" }) }, 1)],
});

test("answers are what their schemas say", () => {
  const json = inventoryJson(aiSection([ENDPOINT, { ...ENDPOINT, authority: "b.test" }]), 1);
  expect(inventorySchema.safeParse(json).success).toBe(true);
  expect(json.totals).toMatchObject({ assets: 2, servers: 2, vendors: 0 });
  expect(json.assets.map(({ authority }) => authority)).toEqual(["ai.test"]);
});

test("an endpoint with evidence, actors and findings", () => {
  expect(aiEndpointJson(ENDPOINT)).toMatchObject({
    kind: "mcp-server",
    actors: [{ class: "coding-agent", requests: 2, supported: 1 }],
  });
  expect(aiEndpointJson(ENDPOINT).findings.map(({ rule }) => rule)).toContain("ai-excessive-agency");
});

test("risks say where they hold, and what cannot be seen", () => {
  const { items, not_observable: unseen } = risksJson(new Map([["ai-excessive-agency", 1]]));
  expect(items.find(({ rule }) => rule === "ai-excessive-agency")?.endpoints).toBe(1);
  const covered = new Set([...items.flatMap(({ owasp }) => owasp), ...unseen.map(({ owasp }) => owasp)]);
  const llm = Array.from({ length: 10 }, (_, at) => `LLM${String(at + 1).padStart(2, "0")}:2025`);
  expect(llm.filter((risk) => !covered.has(risk))).toEqual([]);
});
