// What the contract suite does not cover: offsets across runs, one consumer, loss at close, counters.
import { expect, test, vi } from "vitest";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createMemoryStream } from "../../../src/stream/memory-stream.ts";
import type { Message } from "../../../src/stream/stream.ts";

const TOPIC = "umbra.collector-health.v1";
const aReport = (collector: string): Message<typeof TOPIC> => ({
  key: collector,
  value: { collector, from: null, to: null, counters: {}, weirds: {} },
});

test("offsets go on where an earlier run ended", async () => {
  const asked: unknown[] = [];
  const stream = createMemoryStream({
    metrics: createMetrics(),
    partitions: 1,
    startAfter: async (...where) => {
      asked.push(where);
      return 41n;
    },
  });
  const ranges: bigint[][] = [];
  await stream.publish(TOPIC, [aReport("a"), aReport("b")]);
  await stream.consume(
    TOPIC,
    async ({ firstOffset, lastOffset }) => void ranges.push([firstOffset, lastOffset]),
  );
  await stream.flush();
  await stream.publish(TOPIC, [aReport("c")]);
  await stream.flush();
  expect(ranges).toEqual([
    [42n, 43n],
    [44n, 44n],
  ]);
  expect(asked).toEqual([[TOPIC, 1_000_000]]);
  await stream.close();
});

test("a position that cannot be asked for delays, it does not start over", async () => {
  let away = 2;
  const stream = createMemoryStream({
    metrics: createMetrics(),
    backoff: { firstMs: 1, maxMs: 1 },
    startAfter: async () => {
      if (away-- > 0) throw new Error("the database is away");
      return 6n;
    },
  });
  const firsts: bigint[] = [];
  await stream.consume(TOPIC, async ({ firstOffset }) => void firsts.push(firstOffset));
  await stream.publish(TOPIC, [aReport("a")]);
  await stream.flush();
  expect(firsts).toEqual([7n]);
  await stream.close();
});

test("a second consumer of a topic is refused until the first stopped", async () => {
  const stream = createMemoryStream({ metrics: createMetrics() });
  const consumer = await stream.consume(TOPIC, async () => {});
  await expect(stream.consume(TOPIC, async () => {})).rejects.toThrow("already has its consumer");
  await consumer.stop();
  await stream.consume(TOPIC, async () => {});
  await stream.close();
});

test("what nobody handled before close is counted as lost, redeliveries as such", async () => {
  const metrics = createMetrics();
  const stream = createMemoryStream({ metrics, backoff: { firstMs: 1, maxMs: 1 } });
  let tries = 0;
  await stream.consume(TOPIC, async () => {
    tries += 1;
    throw new Error("never");
  });
  await stream.publish(TOPIC, [aReport("a")]);
  await vi.waitFor(() => expect(tries).toBeGreaterThan(2));
  await stream.close();
  const text = await metrics.text();
  expect(text).toContain(`umbra_stream_published_total{topic="${TOPIC}"} 1`);
  expect(text).toContain(`umbra_stream_lost_total{topic="${TOPIC}"} 1`);
  expect(text).toMatch(/umbra_stream_redelivered_batches_total\{topic="[^"]+"\} [1-9]/);
});
