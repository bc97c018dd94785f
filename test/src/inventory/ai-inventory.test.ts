// Assets stand above endpoints; tokens of sampled endpoints are scaled up.
import { expect, test } from "vitest";
import { NO_APPROVALS } from "../../../src/inventory/ai-approvals.ts";
import { aiAssets, usagesOf, vendorUses } from "../../../src/inventory/ai-inventory.ts";
import { boundedOf } from "../../../src/model/bounded.ts";
import { boundsOf, FACT_CAPS } from "../../../src/model/facts.ts";
import { anAiEndpoint } from "./an-ai-endpoint.ts";

test.each([
  [[{ kind: "chat-completion" }, { kind: "ai-app" }], "application"],
  [[{ kind: "chat-completion", formats: ["some.chat"] }], "model-server"],
  [[{ kind: "vector-db" }], "vector-store"],
  [[{ role: "gateway" }], "gateway"],
  [[{ role: "consumer" }, { kind: "ai-app" }], "vendor"],
] as const)("%j is a %s", (verdicts, kind) => {
  expect(aiAssets(verdicts.map((verdict) => anAiEndpoint({ verdict })))).toMatchObject([{ kind }]);
});

test("encrypted connections to a vendor are use of it", () => {
  const closed = anAiEndpoint({
    authority: "api.openai.com",
    category: "encrypted",
    verdict: { role: "consumer", verdict: "likely" },
  });
  expect(vendorUses([closed], NO_APPROVALS)).toMatchObject([
    { requests: 0, connections: 3, approval: "unreviewed" },
  ]);
});

test("what was examined stands for what was only counted", () => {
  const spend = boundedOf([["c m", { caller: "c", model: "m", exchanges: 2, input: 10, output: 4 }]], {
    cap: 9,
    join: (a) => a,
  });
  expect(usagesOf([anAiEndpoint({ facts: { requests: 30, digested: 3 }, said: { spend } })])).toMatchObject([
    { exchanges: 20, input: 100, output: 40, dollars: null },
  ]);
});

test("both sides of a gateway, heard by collectors of which none saw one inside the other", () => {
  const heard = (address: string, server: string) => ({
    callers: boundedOf(
      [[address, { address, agent: "", requests: 1, firstSeen: 0, lastSeen: 0 }]],
      boundsOf(FACT_CAPS).callers,
    ),
    servers: boundedOf([[server, 1]], boundsOf(FACT_CAPS).servers),
  });
  const formats = { formats: ["openai.chat"] };
  const front = anAiEndpoint({
    authority: "llm.test",
    verdict: formats,
    facts: heard("10.0.0.9", "10.0.0.5:80"),
  });
  const behind = anAiEndpoint({
    authority: "api.acme-ai.test",
    verdict: { role: "consumer", vendor: "Acme AI" },
    facts: heard("10.0.0.5", "203.0.113.1:443"),
  });
  const told = aiAssets([front, behind]).map(({ authority, kind, asks }) => [authority, kind, asks]);
  expect(told).toEqual([
    ["api.acme-ai.test", "vendor", []],
    ["llm.test", "gateway", ["api.acme-ai.test"]],
  ]);
  expect(aiAssets([front])[0]?.kind).toBe("model-server");
});
