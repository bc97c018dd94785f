// Queues count what waits and keep a key in one partition.
import { expect, test } from "vitest";
import * as fc from "fast-check";
import { FIRST_MEMORY_PARTITION, MemoryTopic } from "../../../src/stream/memory-queue.ts";
import type { Message, Topic } from "../../../src/stream/stream.ts";

const health = (key: string): Message<Topic> => ({
  key,
  value: { collector: key, from: null, to: null, counters: {}, weirds: {} },
});

test("a key never changes its partition, and partitions count from far above Kafka's", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string(), { maxLength: 50 }), async (keys) => {
      const topic = new MemoryTopic("umbra.collector-health.v1", 4, 1000);
      await topic.publish([...keys, ...keys].map(health));
      for (const key of new Set(keys)) {
        const holders = topic.partitions.filter(({ queue }) => queue.some((message) => message.key === key));
        expect(holders).toHaveLength(1);
      }
      expect(topic.partitions.reduce((sum, { queue }) => sum + queue.length, 0)).toBe(keys.length * 2);
    }),
  );
  expect(new MemoryTopic("umbra.sightings.v1", 2, 1).partitions.map(({ number }) => number)).toEqual([
    FIRST_MEMORY_PARTITION,
    FIRST_MEMORY_PARTITION + 1,
  ]);
});

test("settling makes room, in the order in which publishers came", async () => {
  const topic = new MemoryTopic("umbra.collector-health.v1", 1, 2);
  const [partition] = topic.partitions;
  if (partition === undefined) throw new Error("no partition");
  const publishing = ["a", "b", "c", "d"].map((key) => topic.publish([health(key)]));
  await Promise.all(publishing.slice(0, 2));
  expect(partition.queue.map(({ key }) => key)).toEqual(["a", "b"]);
  topic.settle(partition, 1);
  await publishing[2];
  expect(partition.queue.map(({ key }) => key)).toEqual(["b", "c"]);
  topic.close();
  await expect(publishing[3]).rejects.toThrow("closed");
  expect(topic.abandon()).toBe(2);
});
