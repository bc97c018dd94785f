// One batch, one transaction: whatever fails wherever, redelivery gives exactly the inventory of an undisturbed run.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHealthHandler, createSightingHandler } from "../../../src/app/classifier.ts";
import { inventoryOf } from "../../../src/app/start.ts";
import { createSpecDesk } from "../../../src/app/specs.ts";
import { createDigest } from "../../../src/digest/digest.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import { scanReport } from "../../../src/report/scan-report.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import type { InventoryStore } from "../../../src/store/store.ts";
import type { Batch } from "../../../src/stream/stream.ts";
import { anExchange, NOON } from "../../support/builders.ts";

const { digest } = createDigest({ dataClasses: [], hash32: (text) => text.length });

const SIGHTINGS: readonly Sighting[] = Array.from({ length: 40 }, (_, i) =>
  digest(
    anExchange({
      startedAt: NOON + i * 1000,
      client: { address: `10.0.0.${i % 5}`, port: 1 },
      request: {
        path: ["/orders/12345", "/orders", "/health", "/items/9"][i % 4] ?? "/",
        authority: `s${i % 3}.test`,
      },
      response: { status: i % 7 === 0 ? 500 : 200 },
    }),
  ),
);

function batches(sizes: readonly number[]): readonly Batch<"umbra.sightings.v1">[] {
  const cut: Batch<"umbra.sightings.v1">[] = [];
  let offset = 0;
  for (const size of [...sizes, SIGHTINGS.length]) {
    const values = SIGHTINGS.slice(offset, offset + size);
    if (values.length === 0) break;
    cut.push({
      topic: "umbra.sightings.v1",
      partition: 0,
      firstOffset: BigInt(offset),
      lastOffset: BigInt(offset + values.length - 1),
      messages: values.map((value, i) => ({ offset: BigInt(offset + i), key: value.key.authority, value })),
    });
    offset += values.length;
  }
  return cut;
}

async function picture(store: InventoryStore) {
  const events = await store.events({}, { limit: 500, cursor: null });
  return {
    report: scanReport(await inventoryOf(store)),
    events: events.items.map((event) => event.id).sort(),
  };
}

async function undisturbed(sizes: readonly number[]) {
  const store = createMemoryStore();
  const handle = createSightingHandler({ store });
  for (const batch of batches(sizes)) await handle(batch);
  return picture(store);
}

/** Delivers each batch until it is handled, with a new process now and then. */
async function deliver(store: InventoryStore, sizes: readonly number[], freshProcess: () => boolean) {
  let handle = createSightingHandler({ store });
  for (const batch of batches(sizes)) {
    for (let attempt = 0; attempt < 50; attempt++) {
      if (freshProcess()) handle = createSightingHandler({ store });
      const done = await handle(batch).then(
        () => true,
        () => false,
      );
      if (done) break;
    }
  }
}

const FAULTS = ["before", "after"] as const;

describe("a fault at any step", () => {
  // Each run decides about the same services many times; a busy machine takes its time.
  test("changes nothing in the end", { timeout: 120_000 }, async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 12 });
    const faults = fc.infiniteStream(fc.option(fc.constantFrom(...FAULTS), { freq: 2 }));
    await fc.assert(
      fc.asyncProperty(sizes, faults, fc.infiniteStream(fc.boolean()), async (cuts, when, fresh) => {
        const store = createMemoryStore();
        const faulty: InventoryStore = {
          ...store,
          async commit(commit) {
            const fault = when.next().value;
            if (fault === "before") throw new Error("the database went away");
            const result = await store.commit(commit);
            if (fault === "after") throw new Error("the answer got lost");
            return result;
          },
        };
        await deliver(faulty, cuts, () => fresh.next().value === true);
        expect(await picture(store)).toEqual(await undisturbed(cuts));
      }),
      { numRuns: 20 },
    );
  });
});

test("how the stream cuts batches does not matter", async () => {
  expect((await undisturbed([1, 1, 1])).report).toEqual((await undisturbed([40])).report);
});

test("a redelivered batch and its overlap are skipped", async () => {
  const store = createMemoryStore();
  const handle = createSightingHandler({ store });
  const [whole] = batches([40]);
  const [first] = batches([10]);
  if (whole === undefined || first === undefined) throw new Error("no batches");
  await handle(first);
  await handle(first);
  await createSightingHandler({ store })(whole);
  expect((await picture(store)).report).toEqual((await undisturbed([40])).report);
});

test("whoever lost its partition starts over from the store", async () => {
  const store = createMemoryStore();
  const [one, other] = [createSightingHandler({ store }), createSightingHandler({ store })];
  const cut = batches([5, 5, 5, 5]);
  for (const [i, batch] of cut.entries()) {
    await (i % 2 === 0 ? one : other)(batch);
    await one(batch);
  }
  expect((await picture(store)).report).toEqual((await undisturbed([40])).report);
});

test("a document uploaded between two batches counts for both", async () => {
  const store = createMemoryStore();
  const handle = createSightingHandler({ store });
  const [first, second] = batches([20]);
  if (first === undefined || second === undefined) throw new Error("no batches");
  await handle(first);
  const desk = createSpecDesk(store, () => NOON);
  const document = {
    openapi: "3.1.0",
    info: { title: "Orders", version: "1" },
    paths: { "/orders/{orderNumber}": { get: { responses: {} } }, "/never": { get: { responses: {} } } },
  };
  expect(await desk.upload("orders.json", JSON.stringify(document), ["s1.test"])).toMatchObject({
    kind: "added",
  });
  await handle(second);
  const { endpoints } = (await picture(store)).report;
  const standings = endpoints
    .filter((endpoint) => endpoint.authority === "s1.test")
    .map((endpoint) => `${endpoint.path} ${endpoint.standing}`);
  expect(standings).toContain("/never orphan");
  expect(standings.filter((line) => line.startsWith("/orders/{"))).toEqual([
    expect.stringMatching(/ documented$/),
  ]);
  expect(standings.some((line) => line.endsWith(" shadow"))).toBe(true);
});

test("health reports add up once", async () => {
  const store = createMemoryStore();
  const handle = createHealthHandler(store);
  const value = { collector: "a.pcap", from: NOON, to: NOON, counters: { packets: 3 }, weirds: {} };
  const batch: Batch<"umbra.collector-health.v1"> = {
    topic: "umbra.collector-health.v1",
    partition: 0,
    firstOffset: 0n,
    lastOffset: 0n,
    messages: [{ offset: 0n, key: "a.pcap", value }],
  };
  await handle(batch);
  await handle(batch);
  expect(await store.health()).toEqual([value]);
});

test("what comes of a stream later is added to its endpoint and counts no request, in a batch of its own too", async () => {
  const reader = createDigest({ dataClasses: [], hash32: (text) => text.length });
  const frames = (count: number) => ({ frames: count, sizes: { "0": count }, gaps: {} });
  const stream = { kinds: { events: 1 }, received: frames(3) };
  const told = reader.digest({ ...anExchange({ startedAt: NOON, request: { path: "/events" } }), stream });
  const later = reader.stream({ of: stream, at: NOON + 60_000, more: { kinds: {}, received: frames(2) } });
  const sightings = [told, later].flatMap((one) => one ?? []);
  const heard = async (portions: readonly (readonly Sighting[])[]) => {
    const store = createMemoryStore();
    const handle = createSightingHandler({ store });
    let offset = 0n;
    for (const values of portions) {
      const messages = values.map((value, at) => ({
        offset: offset + BigInt(at),
        key: value.key.authority,
        value,
      }));
      const lastOffset = offset + BigInt(values.length - 1);
      await handle({ topic: "umbra.sightings.v1", partition: 0, firstOffset: offset, lastOffset, messages });
      offset = lastOffset + 1n;
    }
    return picture(store);
  };
  const { report } = await heard(sightings.map((one) => [one]));
  expect(report.endpoints).toMatchObject([
    {
      path: "/events",
      requests: 1,
      statuses: { "200": 1 },
      stream: { kinds: { events: 1 }, received: { frames: 5 } },
    },
  ]);
  expect((await heard([sightings])).report).toEqual(report);
});
