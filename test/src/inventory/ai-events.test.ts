// News of models and tools: told once, when they happened.
import { describe, expect, test } from "vitest";
import { aiNews } from "../../../src/inventory/ai-events.ts";
import { changeEvents } from "../../../src/inventory/events.ts";
import type { AiFacts } from "../../../src/model/ai-facts.ts";
import { boundedOf } from "../../../src/model/bounded.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import type { ToolFacts } from "../../../src/model/tool-facts.ts";
import { aDefinition, anAiEndpoint, aTool, spoken } from "./an-ai-endpoint.ts";

const HOUR = 3_600_000;

const told = (before: Endpoint | null, now: Endpoint): readonly object[] =>
  aiNews(before, now).map(({ news, at }) => ({ ...news, at }));

const listing = (tool: ToolFacts): Endpoint =>
  anAiEndpoint({
    operation: "tools/list",
    said: { protocols: { mcp: spoken({ firstList: 0, lastList: HOUR }) } },
    tools: [tool],
  });

describe("tools", () => {
  const plain = listing(aTool("a", { x: aDefinition(0, { lastSeen: HOUR }) }));
  const later = listing(aTool("a", { x: aDefinition(HOUR) }));
  const gone = listing(aTool("a", { x: aDefinition(0) }));
  const worse = listing(aTool("a", { x: aDefinition(0), y: aDefinition(HOUR, { declares: "destructive" }) }));
  const of = (change: string) => ({ type: "ai-tool-changed", tool: "a", change, at: HOUR });
  test.each([
    ["the first list", null, plain, []],
    ["the same list", plain, plain, []],
    ["added", null, later, [of("added")]],
    ["removed", plain, gone, [of("removed")]],
    ["redefined for the worse", plain, worse, [of("redefined"), of("newly-destructive")]],
    ["all of it told before", worse, worse, []],
  ])("%s", (_, before, now, news) => {
    expect(told(before, now)).toEqual(news);
  });

  test("a second wording is news again, under an id of its own", () => {
    const again = listing(aTool("a", { x: aDefinition(0), y: aDefinition(HOUR), z: aDefinition(2 * HOUR) }));
    const first = listing(aTool("a", { x: aDefinition(0), y: aDefinition(HOUR) }));
    const ids = [
      ...changeEvents(plain, first, HOUR).map(({ id }) => id),
      ...changeEvents(first, again, 2 * HOUR).map(({ id }) => id),
    ];
    expect(new Set(ids).size).toBe(2);
  });
});

describe("models", () => {
  const asking = (...models: readonly string[]): Endpoint =>
    anAiEndpoint({
      said: {
        spend: boundedOf(
          models.map((model) => [model, { caller: "c", model, exchanges: 1, input: 1, output: 1 }] as const),
          { cap: 9, join: (a) => a },
        ),
      },
    });
  test("another version is no news, another family is", () => {
    expect(told(asking("gpt-4o"), asking("gpt-4o", "gpt-5"))).toEqual([]);
    expect(told(null, asking("gpt-4o", "claude-3-5-haiku"))).toEqual([]);
    expect(told(asking("gpt-4o"), asking("gpt-4o", "claude-3-5-haiku"))).toMatchObject([
      { type: "ai-model-changed", model: "claude-3-5-haiku", family: "claude", before: ["gpt"] },
    ]);
  });
});

describe("vendors and their keys", () => {
  const keys = (firsts: Readonly<Record<string, number>>): AiFacts => ({
    credentials: boundedOf(
      Object.entries(firsts).map(
        ([hash, at]) => [hash, { requests: 1, firstSeen: at, lastSeen: at }] as const,
      ),
      { cap: 9, join: (a) => a },
    ),
  });
  const used = (firsts: Readonly<Record<string, number>>): Endpoint => {
    const endpoint = anAiEndpoint({ said: keys(firsts) });
    return { ...endpoint, ai: { ...endpoint.ai, verdict: "confirmed", role: "consumer", vendor: "OpenAI" } };
  };
  test("the first use, then each further key", () => {
    expect(told(null, used({ a: 1 }))).toMatchObject([{ type: "ai-vendor-found", vendor: "OpenAI" }]);
    expect(told(used({ a: 1 }), used({ a: 1 }))).toEqual([]);
    expect(told(used({ a: 1 }), used({ a: 1, b: 9 }))).toEqual([{ type: "ai-key-changed", keys: 2, at: 9 }]);
  });

  test("at another endpoint of the host it is the same news", () => {
    const [one] = changeEvents(null, used({ a: 1 }), 5).filter(({ type }) => type === "ai-vendor-found");
    const other = { ...used({ a: 1 }), id: "ep_other", path: "/other" };
    const [two] = changeEvents(null, other, 5).filter(({ type }) => type === "ai-vendor-found");
    expect(two?.id).toBe(one?.id);
  });
});
