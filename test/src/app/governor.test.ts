// Endpoints that change are judged soon, all of them when rules change, and nothing due is lost to a failure.
import { expect, test, vi } from "vitest";
import { Governor } from "../../../src/app/governor.ts";
import type { Rulebook } from "../../../src/inventory/governance.ts";
import { compilePolicies } from "../../../src/inventory/policy.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import type { InventoryStore } from "../../../src/store/store.ts";
import { anEndpoint, NOON } from "../../support/builders.ts";

const RULES: Rulebook = {
  owners: { imports: [], specs: new Map(), rule: () => null },
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
    governor: new Governor({ store, rules, now: () => NOON, onNews: () => {}, onFailure }),
    onFailure,
  };
}
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
