// The AI part of a report: what an inventory with models, tools and vendors becomes.
import { expect, test } from "vitest";
import { aiSection } from "../../../src/report/ai-section.ts";
import { aiSentence, aiTables } from "../../../src/report/ai-tables.ts";
import { approvalsSchema } from "../../../src/inventory/ai-approvals.ts";
import { boundedOf } from "../../../src/model/bounded.ts";
import { boundsOf, callerKey, FACT_CAPS } from "../../../src/model/facts.ts";
import { aDefinition, anAiEndpoint, aTool, spoken } from "../inventory/an-ai-endpoint.ts";

function callers(...addresses: readonly string[]) {
  const rows = addresses.map((address) => ({ address, agent: "", requests: 1, firstSeen: 0, lastSeen: 0 }));
  return {
    callers: boundedOf(
      rows.map((row) => [callerKey(row), row] as const),
      boundsOf(FACT_CAPS).callers,
    ),
  };
}

const CHAT = anAiEndpoint({ auth: "none", facts: callers("10.0.0.4") });
const TOOLS = anAiEndpoint({
  authority: "tools.test",
  verdict: { kind: "mcp-server" },
  said: { protocols: { mcp: spoken() } },
  tools: [aTool("wipe", { x: aDefinition(0, { effect: "delete", parameters: { id: "string!" } }) }, 2)],
});
const VENDOR = anAiEndpoint({
  authority: "api.acme-ai.test",
  verdict: { role: "consumer", vendor: "Acme AI" },
  facts: callers("10.0.0.4", "10.0.0.5"),
  said: {
    spend: boundedOf(
      [["c m", { caller: "10.0.0.4", model: "gpt-4o", exchanges: 1, input: 1_000_000, output: 0 }]],
      {
        cap: 9,
        join: (a) => a,
      },
    ),
  },
});
const ALL = [CHAT, TOOLS, VENDOR];

test("assets, servers, vendors and tokens", () => {
  const section = aiSection(ALL, approvalsSchema.parse({ unsanctioned: ["acme-ai.test"] }));
  expect(
    section.assets.map(({ authority, kind, unauthenticated }) => [authority, kind, unauthenticated]),
  ).toEqual([
    ["ai.test", "application", 3],
    ["api.acme-ai.test", "vendor", 0],
    ["tools.test", "tool-server", 0],
  ]);
  expect(section.vendors).toMatchObject([
    { vendor: "Acme AI", approval: "unsanctioned", callers: ["10.0.0.4", "10.0.0.5"] },
  ]);
  expect(section.servers).toMatchObject([
    { protocol: "mcp", tools: [{ name: "wipe", effect: "delete", calls: 2, parameters: { id: "string!" } }] },
  ]);
  expect(section.usage).toMatchObject([{ caller: "10.0.0.4", model: "gpt-4o", dollars: 2.5 }]);
  expect(section.findings.map(({ rule }) => rule)).toEqual(["ai-unsanctioned-vendor"]);
});

test("tables and a sentence", () => {
  const section = aiSection(ALL);
  expect(aiTables(section).map(({ title }) => title)).toEqual([
    "AI assets",
    "AI vendors in use",
    "Tools that models may call",
    "Tokens (cost is an estimate by list price)",
  ]);
  expect(aiSentence(section)).toBe(
    "2 AI services of your own (1 open without credentials), 1 AI vendor in use, 1 tool offered to models",
  );
});

test("an inventory without AI says nothing of it", () => {
  const section = aiSection([anAiEndpoint({ verdict: { verdict: "none" } })]);
  expect(section).toEqual({
    assets: [],
    servers: [],
    vendors: [],
    usage: [],
    dynamic: [],
    findings: [],
  });
  expect(aiTables(section)).toEqual([]);
  expect(aiSentence(section)).toBeNull();
});

test("services whose API machines found out, as rows and as a table", () => {
  const found = anAiEndpoint({
    authority: "shop.test",
    path: "/tools/fn_refund",
    verdict: { verdict: "none", kind: null, role: null },
    said: { marks: { "corrected-call": 5 } },
  });
  const section = aiSection([found]);
  expect(section.dynamic).toEqual([
    {
      authority: "shop.test",
      likely: true,
      signs: [
        {
          sign: "machine-named",
          text: "names as generators make them at 1 endpoint",
          since: "1970-01-01T00:00:00.000Z",
          endpoints: 1,
        },
        {
          sign: "trial-and-error",
          text: "refused calls were put right within seconds, 5 times",
          since: "1970-01-01T00:00:00.000Z",
          endpoints: 1,
        },
      ],
      endpoints: [
        {
          endpoint_id: found.id,
          method: "POST",
          path: "/tools/fn_refund",
          signs: ["machine-named", "trial-and-error"],
        },
      ],
    },
  ]);
  expect(section.findings.map(({ rule }) => rule)).toEqual(["ai-dynamic-api"]);
  expect(aiTables(section).map(({ title }) => title)).toContain(
    "APIs with signs of being made or found out by machines",
  );
});

test("tools that anybody may call and that cannot be taken back are said first", () => {
  const open = anAiEndpoint({
    authority: "tools.test",
    auth: "none",
    verdict: { kind: "mcp-server" },
    said: { protocols: { mcp: spoken() } },
    tools: [
      aTool("refund", { x: aDefinition(0, { effect: "pay" }) }),
      aTool("purge", { y: aDefinition(0, { effect: "delete", declares: "read-only" }) }),
      aTool("find", { z: aDefinition(0) }),
    ],
  });
  expect(aiSentence(aiSection([open]))).toContain(
    "3 tools offered to models (1 can delete, run or pay without credentials)",
  );
});
