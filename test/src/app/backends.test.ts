// Backends are chosen by settings, and what was opened is closed with the role.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openStore, openStream, secretOf } from "../../../src/app/backends.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { aRole } from "../../support/role.ts";

test("without brokers the stream runs in process, past the offsets of the last run", async () => {
  const store = createMemoryStore();
  const earlier = { topic: "umbra.collector-health.v1", partition: 0, offset: 41n };
  // In-process partitions have numbers of their own, far from Kafka's.
  for (let number = 0; number < 16; number++) {
    const position = { ...earlier, partition: 1_000_000 + number };
    const nothing = { services: [], endpoints: [], removedEndpointIds: [], events: [], health: [] };
    await store.commit({ position, expectedOffset: null, specRevision: null, ...nothing });
  }
  const context = aRole();
  const stream = await openStream(context, store);
  const offsets: bigint[] = [];
  await stream.consume("umbra.collector-health.v1", async (batch) => void offsets.push(batch.firstOffset));
  const value = { collector: "a", from: null, to: null, counters: {}, weirds: {} };
  await stream.publish("umbra.collector-health.v1", [{ key: "a", value }]);
  await stream.flush();
  expect(offsets).toEqual([42n]);
  expect(await context.shutdown.run("test")).toBe(0);
  await expect(stream.publish("umbra.collector-health.v1", [{ key: "a", value }])).rejects.toThrow("closed");
});

test("the secret is the one given, else one the install keeps", async () => {
  const state = await mkdtemp(path.join(os.tmpdir(), "umbra-secret-"));
  const given = await secretOf(aRole({ secret: "given by the environment, long enough" }));
  expect(new TextDecoder().decode(given)).toBe("given by the environment, long enough");
  const made = await secretOf(aRole({ state }));
  expect(await secretOf(aRole({ state }))).toEqual(made);
  await rm(state, { recursive: true });
});

test("opening a store needs its address", async () => {
  await expect(openStore(aRole())).rejects.toThrow("database URL");
});
