// Several processes judge and deliver over one store: each turn of a finding is written once, told once, carried once.
import { beforeEach, expect, test } from "vitest";
import { Courier } from "../../src/app/courier.ts";
import { Governor } from "../../src/app/governor.ts";
import { rulebookOf } from "../../src/app/rulebook.ts";
import type { InventoryStore } from "../../src/store/store.ts";
import { anEndpoint, NOON } from "../support/builders.ts";
import { onEveryStore } from "../support/stores.ts";

const ALL = { limit: 500, cursor: null };
const PATHS = Array.from({ length: 60 }, (_, n) => `/p${n}`);
const SINK = { kind: "webhook" as const, url: "https://hooks.shop.test/umbra" };
const RULES = rulebookOf(
  { teams: [], files: [], specs: [], sinks: [SINK] },
  { policies: [], environments: [] },
);

onEveryStore((opened) => {
  let store: InventoryStore;
  beforeEach(() => {
    store = opened();
  });

  test("three governors and three couriers", async () => {
    const endpoints = PATHS.map((path) => anEndpoint({ path }));
    await store.commit({
      position: null,
      expectedOffset: null,
      specRevision: null,
      services: [],
      endpoints,
      removedEndpointIds: [],
      events: [],
      health: [],
    });
    const failures: unknown[] = [];
    const onFailure = (failure: unknown): void => void failures.push(failure);
    const governors = [1, 2, 3].map(
      (n) =>
        new Governor({
          store,
          rules: async () => RULES,
          // Each process has its own clock.
          now: () => NOON + n,
          placeOf: () => null,
          onNews: () => {},
          onFailure,
        }),
    );
    for (const governor of governors) governor.all();
    await Promise.all(governors.map((governor) => governor.settle()));
    const { items } = await store.governance.deliveries(null, ALL);
    expect([failures, items.length]).toEqual([[], PATHS.length]);
    expect(new Set(items.map(({ news }) => news.finding.id)).size).toBe(PATHS.length);

    const carried: string[] = [];
    const couriers = [1, 2, 3].map(
      () =>
        new Courier({
          store: store.governance,
          send: async (_contact, { keys }) => {
            carried.push(...keys);
            return { ok: true };
          },
          now: () => NOON + 10,
          onDead: onFailure,
          onFailure,
        }),
    );
    await Promise.all(couriers.map((courier) => courier.round()));
    expect([carried.length, new Set(carried).size]).toEqual([PATHS.length, PATHS.length]);
    await Promise.all([...governors, ...couriers].map((part) => part.stop()));
  });
});
