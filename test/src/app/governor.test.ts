// Endpoints that change are judged soon, all of them when rules change, and nothing due is lost to a failure.
import { describe, expect, test, vi } from "vitest";
import { Governor } from "../../../src/app/governor.ts";
import type { Rulebook } from "../../../src/inventory/governance.ts";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import { compilePolicies } from "../../../src/inventory/policy.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import type { InventoryStore } from "../../../src/store/store.ts";
import { anEndpoint, NOON } from "../../support/builders.ts";
import { aCaller, aPlace, calledBy } from "../../support/callers.ts";

const RULES: Rulebook = {
  owners: { imports: [], specs: new Map(), rule: () => [] },
  policies: compilePolicies([]),
  teams: new Map(),
  sinks: [],
  environmentOf: () => null,
};
const EMPTY = { position: null, expectedOffset: null, specRevision: 0, services: [], events: [], health: [] };

async function storeWith(paths: readonly string[]): Promise<InventoryStore> {
  const store = createMemoryStore();
  const endpoints = paths.map((path) => anEndpoint({ path }));
  await store.commit({ ...EMPTY, endpoints, removedEndpointIds: [] });
  return store;
}

function governorOf(store: InventoryStore, rules: () => Promise<Rulebook> = async () => RULES) {
  const onFailure = vi.fn<(failure: unknown) => void>();
  return {
    governor: new Governor({ store, rules, now: () => NOON, placeOf, onNews: () => {}, onFailure }),
    onFailure,
  };
}

const placeOf = createPlaceFinder([aPlace({ name: "offices", kind: "users", addresses: ["10.9.0.0/16"] })]);
const open = async (store: InventoryStore) =>
  (await store.governance.findings({ state: "open" }, { limit: 500, cursor: null })).items.length;

test("what changed is judged, soon and by itself", async () => {
  const store = await storeWith(["/a", "/b"]);
  const { governor } = governorOf(store);
  governor.changed([anEndpoint({ path: "/a" })]);
  await vi.waitFor(async () => expect(await open(store)).toBe(1));
  governor.removed([anEndpoint({ path: "/a" }).id]);
  await governor.settle();
  expect(await open(store)).toBe(0);
  await governor.stop();
});

test("all are judged, page by page", async () => {
  const store = await storeWith(Array.from({ length: 450 }, (_, n) => `/p${n}`));
  const { governor } = governorOf(store);
  governor.all();
  await governor.settle();
  expect(await open(store)).toBe(450);
  await governor.stop();
});

test("what others removed is found at a look at everything", async () => {
  const store = await storeWith(["/a", "/b"]);
  const { governor } = governorOf(store);
  governor.all();
  await governor.settle();
  await store.commit({ ...EMPTY, endpoints: [], removedEndpointIds: [anEndpoint({ path: "/a" }).id] });
  governor.all();
  await governor.settle();
  expect(await open(store)).toBe(1);
  await governor.stop();
});

test("a failure is told, and what was due is judged the next time", async () => {
  const store = await storeWith(["/a"]);
  const rules = vi.fn(async () => RULES).mockRejectedValueOnce(new Error("away"));
  const { governor, onFailure } = governorOf(store, rules);
  governor.changed([anEndpoint({ path: "/a" })]);
  await governor.settle();
  expect([onFailure.mock.calls.length, await open(store)]).toEqual([1, 0]);
  await governor.settle();
  expect(await open(store)).toBe(1);
  await governor.stop();
});

describe("who should not reach what", () => {
  const CHAT = { ...NO_AI, verdict: "confirmed", kind: "chat-completion", role: "provider" } as const;
  const chat = (address: string) => calledBy([aCaller(address)], { path: "/chat", ai: CHAT });
  const policies = compilePolicies([
    {
      id: "reached",
      title: "Reached",
      severity: "low",
      notify: [],
      when: { finding: ["reach.model-from-users"] },
    },
  ]);
  async function heard(store: InventoryStore, ...endpoints: readonly Endpoint[]): Promise<void> {
    await store.commit({ ...EMPTY, endpoints, removedEndpointIds: [] });
  }
  const reached = async (store: InventoryStore) =>
    (await store.governance.findings({}, { limit: 500, cursor: null })).items
      .filter(({ rule }) => /reach/.test(rule))
      .map(({ rule, state }) => `${rule} ${state}`)
      .toSorted();
  const FOUND = ["policy.reached open", "reach.model-from-users open"];

  test("is found once everything was looked at, also by policies, and resolved when it was only once", async () => {
    const store = createMemoryStore();
    await heard(store, chat("10.9.0.1"));
    const { governor } = governorOf(store, async () => ({ ...RULES, policies }));
    governor.changed([chat("10.9.0.1")]);
    await governor.settle();
    expect(await reached(store)).toEqual([]);
    governor.all();
    await governor.settle();
    expect(await reached(store)).toEqual(FOUND);
    await heard(store, chat("10.1.0.1"));
    governor.changed([chat("10.1.0.1")]);
    await governor.settle();
    // Another process may have seen more: only the whole tells that nobody does.
    expect(await reached(store)).toEqual(FOUND);
    governor.all();
    await governor.settle();
    expect(await reached(store)).toEqual(["policy.reached resolved", "reach.model-from-users resolved"]);
    await governor.stop();
  });

  test("is found within moments of the call that shows it", async () => {
    const store = createMemoryStore();
    await heard(store, chat("10.1.0.1"));
    const { governor } = governorOf(store, async () => ({ ...RULES, policies }));
    governor.all();
    await governor.settle();
    expect(await reached(store)).toEqual([]);
    await heard(store, chat("10.9.0.1"));
    governor.changed([chat("10.9.0.1")]);
    await vi.waitFor(async () => expect(await reached(store)).toEqual(FOUND));
    await governor.stop();
  });
});
