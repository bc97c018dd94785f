// Verdicts of endpoints that fell silent fade by the traffic's clock, once, and come back when they are heard again.
import { describe, expect, test } from "vitest";
import { createFading } from "../../../src/app/fading.ts";
import { unreviewed } from "../../../src/model/governance.ts";
import { emptyFacts } from "../../../src/model/facts.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anAiEndpoint } from "../inventory/an-ai-endpoint.ts";
import { aCommit } from "../api/an-inventory.ts";

const DAY = 86_400_000;
const BEGIN = 100 * DAY;

const evidence = [
  { group: "format", weight: 8, text: "speaks a format", count: 9, firstSeen: BEGIN, lastSeen: BEGIN },
];
const chat = anAiEndpoint({ id: "ep_chat", verdict: { score: 0.97, evidence }, facts: emptyFacts(BEGIN) });
const later = (days: number) =>
  anAiEndpoint({
    id: "ep_other",
    path: "/orders",
    verdict: { verdict: "none", kind: null, role: null },
    facts: emptyFacts(BEGIN + days * DAY),
  });

async function heardUntil(days: number) {
  const store = createMemoryStore();
  await store.commit(aCommit({ endpoints: [chat, later(days)] }));
  const told: string[] = [];
  const fading = createFading({
    store,
    now: () => 1000 * DAY,
    onFaded: (endpoints) => told.push(...endpoints.map(({ id, ai }) => `${id} ${ai.verdict}`)),
    onFailure: (failure) => told.push(String(failure)),
  });
  return { store, fading, told };
}

describe("after", () => {
  test.each([
    [0, []],
    [3, []],
    [20, ["ep_chat watch"]],
    [60, ["ep_chat none"]],
  ])("%i days of silence", async (days, expected) => {
    const { fading, told } = await heardUntil(days);
    await fading.run();
    expect(told).toEqual(expected);
    await fading.stop();
  });
});

test("a turn is one event, and the evidence stays to be read", async () => {
  const { store, fading } = await heardUntil(60);
  await fading.run();
  await fading.run();
  const { items } = await store.events({ type: "ai-verdict-changed" }, { limit: 9, cursor: null });
  expect(items).toMatchObject([
    { from: "confirmed", to: "none", at: BEGIN + 60 * DAY, endpointId: "ep_chat" },
  ]);
  expect((await store.endpoint("ep_chat"))?.endpoint.ai.evidence).toHaveLength(1);
  await fading.stop();
});

test("what a person decided does not fade", async () => {
  const { store, fading, told } = await heardUntil(60);
  await store.governance.putGovernance([{ ...unreviewed("ep_chat"), ai: "ai" }]);
  await fading.run();
  expect(told).toEqual([]);
  await fading.stop();
});

test("a store that is away is told, and asked again", async () => {
  const { store, told } = await heardUntil(60);
  const away = { ...store, endpoints: () => Promise.reject(new Error("away")) };
  const fading = createFading({
    store: away,
    now: () => 0,
    onFaded: () => {},
    onFailure: (failure) => told.push(String(failure)),
  });
  await fading.run();
  await fading.run();
  expect(told).toEqual(["Error: away", "Error: away"]);
  await fading.stop();
});
