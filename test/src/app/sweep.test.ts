// A document without a host finds its service as soon as the service is heard.
import { expect, test } from "vitest";
import { createSightingHandler } from "../../../src/app/classifier.ts";
import { allEndpoints, createSpecDesk } from "../../../src/app/specs.ts";
import { createSweep } from "../../../src/app/sweep.ts";
import { createDigest } from "../../../src/digest/digest.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anExchange, NOON } from "../../support/builders.ts";

const DOCUMENT = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Orders", version: "1" },
  paths: { "/orders/{orderId}": { get: { responses: {} } }, "/never": { get: { responses: {} } } },
});

test("orphans without a place move to the service they turn out to belong to", async () => {
  const store = createMemoryStore();
  await createSpecDesk(store, () => NOON).upload("orders.json", DOCUMENT, []);
  const lines = async () =>
    (await allEndpoints(store))
      .map(({ authority, path, standing }) => `${authority}${path} ${standing}`)
      .sort();
  expect(await lines()).toEqual(["*/never orphan", "*/orders/{orderId} orphan"]);

  const sweep = createSweep({ store, now: () => NOON, onSwept: () => {}, onFailure: () => {} });
  const handle = createSightingHandler({
    store,
    onCommit: ({ newServices }) => newServices > 0 && sweep.due(),
  });
  const { digest } = createDigest({ dataClasses: [], hash32: (text) => text.length });
  const value = digest(anExchange({ request: { path: "/orders/7" } }));
  const messages = [{ offset: 0n, key: "shop.test", value }];
  await handle({ topic: "umbra.sightings.v1", partition: 0, firstOffset: 0n, lastOffset: 0n, messages });
  await sweep.settle();
  expect(await lines()).toEqual(["shop.test/never orphan", "shop.test/orders/{orderId} documented"]);
  await sweep.stop();
});

test("what failed stays due, and is told", async () => {
  const failures: unknown[] = [];
  const swept: number[] = [];
  const store = createMemoryStore();
  let isAway = true;
  const flaky = { ...store, specs: async () => (isAway ? Promise.reject(new Error("away")) : store.specs()) };
  const sweep = createSweep({
    store: flaky,
    now: () => NOON,
    onSwept: () => swept.push(NOON),
    onFailure: (failure) => failures.push(failure),
  });
  await sweep.settle();
  expect(failures).toEqual([]);
  sweep.due();
  await sweep.settle();
  expect(failures).toEqual([new Error("away")]);
  isAway = false;
  await sweep.settle();
  expect([failures.length, swept.length]).toEqual([1, 1]);
  await sweep.stop();
});
