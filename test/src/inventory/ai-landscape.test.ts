// What only shows over several endpoints.
import { expect, test } from "vitest";
import type { Approvals } from "../../../src/inventory/ai-approvals.ts";
import { approvalsSchema, NO_APPROVALS } from "../../../src/inventory/ai-approvals.ts";
import type { Segments } from "../../../src/inventory/ai-landscape.ts";
import { aiLandscape, noteSegments } from "../../../src/inventory/ai-landscape.ts";
import { boundedOf } from "../../../src/model/bounded.ts";
import { boundsOf, callerKey, FACT_CAPS } from "../../../src/model/facts.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { anAiEndpoint, aTool, spoken } from "./an-ai-endpoint.ts";

const DAY = 86_400_000;

function callers(address: string, firstSeen = 0) {
  const row = { address, agent: "", requests: 1, firstSeen, lastSeen: firstSeen };
  return { callers: boundedOf([[callerKey(row), row]], boundsOf(FACT_CAPS).callers) };
}
const vendor = (address: string, firstSeen = 0) =>
  anAiEndpoint({
    authority: "api.acme.test",
    verdict: { role: "consumer", vendor: "Acme" },
    facts: callers(address, firstSeen),
  });
function landscape(endpoints: readonly Endpoint[], approvals: Approvals) {
  const segments: Segments = new Map();
  for (const endpoint of endpoints) noteSegments(segments, endpoint);
  return aiLandscape(endpoints, approvals, segments);
}

const rules = (...args: Parameters<typeof landscape>) => landscape(...args).map(({ rule }) => rule);

test("a vendor that is not allowed", () => {
  expect(rules([vendor("10.0.0.1")], approvalsSchema.parse({ others: "unsanctioned" }))).toEqual([
    "ai-unsanctioned-vendor",
  ]);
});

test("a way around the gateway, which itself may ask vendors", () => {
  const gateway = anAiEndpoint({
    authority: "llm.test",
    verdict: { role: "gateway" },
    facts: callers("10.0.0.1"),
  });
  expect(rules([gateway, vendor("10.0.0.1")], NO_APPROVALS)).toEqual(["ai-gateway-bypass"]);
  expect(rules([gateway, vendor("10.0.0.9")], NO_APPROVALS)).toEqual([]);
});

test("a door beside a locked one", () => {
  const response = { count: 1, bodies: {}, headers: boundedOf<number>([], { cap: 1, join: (a) => a }) };
  const locked = anAiEndpoint({ path: "/v1/chat/completions", facts: { responses: { "401": response } } });
  const open = anAiEndpoint({ path: "/invocations", auth: "none" });
  expect(landscape([locked, open], NO_APPROVALS)).toMatchObject([
    { rule: "ai-open-door", text: "/v1/chat/completions refuses without a key, /invocations does not" },
  ]);
});

test("a tool that no list offers", () => {
  const called = anAiEndpoint({ said: { protocols: { mcp: spoken() } }, tools: [aTool("ghost", {}, 1)] });
  expect(rules([called], NO_APPROVALS)).toEqual(["ai-tool-undeclared"]);
});

test("a vendor new to a network that was known for long", () => {
  const plain = anAiEndpoint({
    authority: "shop.test",
    verdict: { verdict: "none", role: null },
    facts: callers("10.0.0.1", 0),
  });
  expect(rules([plain, vendor("10.0.0.2", 2 * DAY)], NO_APPROVALS)).toEqual(["ai-new-vendor"]);
  expect(rules([plain, vendor("10.0.0.2", 5)], NO_APPROVALS)).toEqual([]);
});
