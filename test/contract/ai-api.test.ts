// The AI inventory over HTTP: lists in pages, the first rows of each together, and what a person decides about verdicts.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunningApi } from "../src/api/an-api.ts";
import { anApi } from "../src/api/an-api.ts";
import { aCommit, MORNING } from "../src/api/an-inventory.ts";
import { aDefinition, anAiEndpoint, aTool, spoken } from "../src/inventory/an-ai-endpoint.ts";
import { emptyFacts } from "../../src/model/facts.ts";

let api: RunningApi;

const facts = { ...emptyFacts(MORNING), requests: 30 };
const chat = (at: number) =>
  anAiEndpoint({
    id: `ep_chat${at}`,
    authority: `chat${at}.test`,
    facts: {},
    verdict: { score: 0.9 + at / 100 },
  });
const vendor = anAiEndpoint({
  id: "ep_vendor",
  authority: "api.acme-ai.test",
  verdict: { role: "consumer", vendor: "Acme AI" },
});
const tools = anAiEndpoint({
  id: "ep_tools",
  authority: "tools.test",
  verdict: { kind: "mcp-server" },
  said: { protocols: { mcp: spoken() } },
  tools: [aTool("wipe", { x: aDefinition(0, { effect: "delete" }) }), aTool("find", { y: aDefinition(0) })],
});
const made = anAiEndpoint({
  id: "ep_made",
  authority: "made.test",
  path: "/tools/fn_refund",
  verdict: { verdict: "none", kind: null, role: null },
  facts,
  said: { marks: { "corrected-call": 4 } },
});

beforeEach(async () => {
  api = await anApi();
  await api.store.commit(aCommit({ endpoints: [chat(1), chat(2), chat(3), vendor, tools, made] }));
});

afterEach(async () => api.close());

async function all(path: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  let cursor: string | null = null;
  do {
    const sign = path.includes("?") ? "&" : "?";
    const answer = await api.ask(`${path}${sign}limit=2${cursor === null ? "" : `&cursor=${cursor}`}`);
    expect(answer.json.items.length).toBeLessThanOrEqual(2);
    rows.push(...(answer.json.items as unknown[]));
    cursor = answer.json.next_cursor as string | null;
  } while (cursor !== null);
  return rows;
}

describe("lists in pages", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ["/ai/assets", "authority", ["api.acme-ai.test", "chat1.test", "chat2.test", "chat3.test", "tools.test"]],
    ["/ai/assets?kind=vendor", "authority", ["api.acme-ai.test"]],
    ["/ai/vendors", "vendor", ["Acme AI"]],
    ["/ai/vendors?approval=sanctioned", "vendor", []],
    ["/ai/usage", "caller", []],
    ["/ai/dynamic", "authority", ["made.test"]],
    ["/ai/dynamic?sign=route-burst", "authority", []],
    ["/ai/findings", "rule", ["ai-dynamic-api"]],
    ["/ai/findings?severity=critical", "rule", []],
    ["/ai/servers?tool=WI", "authority", ["tools.test"]],
    ["/ai/servers?host=elsewhere.test", "authority", []],
    ["/ai/endpoints?role=provider", "endpoint_id", ["ep_chat3", "ep_chat2", "ep_chat1", "ep_tools"]],
    ["/ai/endpoints?vendor=acme", "endpoint_id", ["ep_vendor"]],
  ])("%s", async (path, field, values) => {
    const rows = (await all(path)) as Record<string, string>[];
    const found = rows.map((row) => row[field]);
    expect(path.startsWith("/ai/endpoints") ? found.toSorted() : found).toEqual(
      path.startsWith("/ai/endpoints") ? [...values].toSorted() : values,
    );
  });

  test("a tool asked for comes without the others", async () => {
    const { json } = await api.ask("/ai/servers?tool=wipe");
    expect(json.items[0].tools.map(({ name }: { name: string }) => name)).toEqual(["wipe"]);
  });

  test.each(["/ai/assets", "/ai/endpoints"])("%s: a cursor of another list is refused", async (path) => {
    const { json } = await api.ask("/ai/assets?limit=1");
    const cursor = path === "/ai/assets" ? "nonsense" : (json.next_cursor as string);
    expect((await api.ask(`${path}?cursor=${cursor}`)).status).toBe(400);
  });
});

test("the first rows of each list, and how many there are", async () => {
  const { json } = await api.ask("/ai?limit=1");
  expect(json.totals).toEqual({ assets: 5, servers: 1, vendors: 1, usage: 0, dynamic: 1, findings: 1 });
  expect(json.assets).toHaveLength(1);
});

test("risks count endpoints", async () => {
  const { json } = await api.ask("/ai/risks");
  const rows = json.items as { rule: string; endpoints: number }[];
  expect(rows.find(({ rule }) => rule === "ai-trial-and-error")?.endpoints).toBe(1);
});

describe("what a person decides", () => {
  const decide = (id: string, ai: string | null) =>
    api.ask(`/endpoints/${id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ai, reason: "looked at it" }),
    });
  const shown = async (path: string) => JSON.stringify((await api.ask(path)).json);

  test("shows everywhere at once, is news once, and can be taken back", async () => {
    expect(await shown("/ai/assets")).toContain("chat1.test");
    expect((await decide("ep_chat1", "not-ai")).json.ai).toMatchObject({
      verdict: "none",
      decided: "not-ai",
    });
    await decide("ep_chat1", "not-ai");
    for (const path of ["/ai", "/ai/assets", "/ai/endpoints", "/endpoints?ai=confirmed"])
      expect(await shown(path)).not.toContain("chat1.test");
    expect(await shown("/endpoints?ai=none&host=chat1.test")).toContain('"decided":"not-ai"');
    expect((await api.ask("/services/chat1.test")).json.by_ai).toMatchObject({ none: 1, confirmed: 0 });
    expect((await decide("ep_chat1", null)).json.ai).toMatchObject({ verdict: "confirmed", decided: null });
    expect(await shown("/ai/assets")).toContain("chat1.test");
    const { json } = await api.ask("/events?type=ai-verdict-changed");
    const turns = json.items as { from: string; to: string }[];
    expect(turns.map(({ from, to }) => `${from} ${to}`).toSorted()).toEqual([
      "confirmed none",
      "none confirmed",
    ]);
  });

  test("the history tells who, when and why", async () => {
    await decide("ep_made", "ai");
    expect(await shown("/ai/endpoints")).toContain("ep_made");
    const { json } = await api.ask("/endpoints/ep_made/governance");
    expect(json.history).toMatchObject([
      { field: "ai", from: null, to: "ai", reason: "looked at it", by: "local" },
    ]);
  });
});
