// The order of handler, offset and commit, and what happens when any of them fails.
import { expect, test, vi } from "vitest";
import { SILENT } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { startKafkaConsumer } from "../../../src/stream/kafka-consumer.ts";
import type { ConsumerOptions } from "../../../src/stream/kafka-consumer.ts";
import { fakeKafka } from "../../support/kafka/fake-kafka.ts";
import type { FakeKafka } from "../../support/kafka/fake-kafka.ts";

const records = (count: number) => Array.from({ length: count }, (_, n) => ({ key: "k", value: String(n) }));
const start = (
  fake: FakeKafka,
  onRecords: ConsumerOptions["onRecords"],
  more: Partial<ConsumerOptions> = {},
) =>
  startKafkaConsumer({
    kafka: fake.kafka,
    log: SILENT,
    metrics: createMetrics(),
    groupId: "g",
    topic: "umbra.sightings.v1",
    backoff: { firstMs: 1, maxMs: 1 },
    onRecords,
    ...more,
  });

test("handler, then offset, then commit of the one behind it, a transaction's worth at a time", async () => {
  const fake = fakeKafka({ records: records(501) });
  const seen: string[] = [];
  const consumer = start(fake, async (partition, batch) => {
    seen.push(`${partition}: ${batch[0]?.offset}-${batch.at(-1)?.offset} after ${fake.committed.at(-1)}`);
  });
  await vi.waitFor(() => expect(fake.committed).toHaveLength(2));
  await consumer.stop();
  expect(seen).toEqual(["3: 5-504 after undefined", "3: 505-505 after 505"]);
  expect(fake.resolved).toEqual(["504", "505"]);
  expect(fake.committed).toEqual(["505", "506"]);
});

test("a handler that rejects gets the same records again; nothing is committed before it resolves", async () => {
  const fake = fakeKafka({ records: records(2) });
  const batches: unknown[] = [];
  const consumer = start(fake, async (_, batch) => {
    expect(fake.committed).toEqual([]);
    batches.push(batch);
    if (batches.length < 3) throw new Error("not yet");
  });
  await vi.waitFor(() => expect(fake.committed).toEqual(["7"]));
  await consumer.stop();
  expect(batches).toHaveLength(3);
  expect(new Set(batches).size).toBe(1);
});

test("stop ends the tries of a failing handler without moving the offset", async () => {
  const fake = fakeKafka({ records: records(1) });
  let tries = 0;
  const consumer = start(fake, async () => {
    tries += 1;
    throw new Error("never");
  });
  await vi.waitFor(() => expect(tries).toBeGreaterThan(2));
  await consumer.stop();
  expect([fake.committed, fake.resolved]).toEqual([[], []]);
});

test("a group that moved on ends the tries, and the consumer starts anew", async () => {
  const heartbeat = () => Promise.reject(new Error("rebalance in progress"));
  const fake = fakeKafka({ records: records(1), heartbeat });
  const consumer = start(fake, () => Promise.reject(new Error("never")), { sessionTimeoutMs: 10 });
  await vi.waitFor(() => expect(fake.consumers).toBe(1));
  fake.crash(new Error("the broker is gone"));
  await vi.waitFor(() => expect(fake.consumers).toBeGreaterThan(1));
  await consumer.stop();
  expect(fake.committed).toEqual([]);
});

test.each(["join", "leave"] as const)(
  "stop does not wait for a broker that is silent to a %s",
  async (silentTo) => {
    const consumer = start(fakeKafka({ silentTo }), async () => {});
    await expect(consumer.stop()).resolves.toBeUndefined();
  },
);

test("stop waits for the handler that is at work", async () => {
  const fake = fakeKafka({ records: records(1) });
  let finish = (): void => {};
  const work = new Promise<void>((resolve) => (finish = resolve));
  const handler = vi.fn(() => work);
  const consumer = start(fake, handler);
  await vi.waitFor(() => expect(handler).toHaveBeenCalled());
  let stopped = false;
  const stopping = consumer.stop().then(() => (stopped = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(stopped).toBe(false);
  finish();
  await stopping;
  expect(fake.committed).toEqual(["6"]);
});
