// The stream inside one process: bounded queues, one handler at a time per partition, redelivery until it resolves.
import { SILENT, describeError } from "../ops/log.ts";
import type { Log } from "../ops/log.ts";
import type { Metrics } from "../ops/metrics.ts";
import { DEFAULT_BACKOFF, retry } from "../ops/retry.ts";
import type { Backoff } from "../ops/retry.ts";
import { MemoryTopic } from "./memory-queue.ts";
import type { MemoryPartition } from "./memory-queue.ts";
import type { Batch, Consumer, Stream, Topic } from "./stream.ts";

export interface MemoryStreamOptions {
  readonly metrics: Metrics;
  readonly log?: Log;
  /** Offset an earlier run ended with, so that this run's do not look like redeliveries. */
  readonly startAfter?: (topic: string, partition: number) => Promise<bigint | null>;
  /** Messages that may wait per topic before `publish` waits. */
  readonly capacity?: number;
  readonly partitions?: number;
  readonly backoff?: Backoff;
}

// A sighting is some kilobytes of objects: two thousand stay well below 100 MB.
const CAPACITY = 2_000;
// Four commits overlap their waits for the database; more would only wait for the one thread.
const PARTITIONS = 4;
// One transaction's worth of messages.
const MAX_BATCH = 500;

type Handler = (batch: Batch<Topic>) => Promise<void>;

/** Keeps nothing beyond the process: what was not handled when it closes is lost, and counted. */
export function createMemoryStream(options: MemoryStreamOptions): Stream {
  const { metrics, capacity = CAPACITY, partitions = PARTITIONS } = options;
  const topics = new Map<Topic, MemoryTopic>();
  const consumers = new Set<Consumer>();
  const all = (): MemoryTopic[] => [...topics.values()];
  let closed = false;
  const topicOf = (name: Topic): MemoryTopic => {
    const topic = topics.get(name) ?? new MemoryTopic(name, partitions, capacity);
    topics.set(name, topic);
    return topic;
  };
  return {
    publish: async (name, messages) => {
      if (closed) throw new Error("the stream is closed");
      await topicOf(name).publish(messages);
      metrics.published.inc({ topic: name }, messages.length);
    },
    consume: async (name, handler) => {
      const topic = topicOf(name);
      if (topic.consumed) throw new Error(`${name} already has its consumer in this process`);
      const consumer = startConsumer(topic, handler as Handler, options);
      consumers.add(consumer);
      return consumer;
    },
    flush: async () => void (await Promise.all(all().map((topic) => topic.flushed()))),
    close: async () => {
      closed = true;
      for (const topic of all()) topic.close();
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      for (const topic of all()) {
        const lost = topic.abandon();
        if (lost > 0) metrics.lost.inc({ topic: topic.topic }, lost);
      }
    },
  };
}

function startConsumer(topic: MemoryTopic, handler: Handler, options: MemoryStreamOptions): Consumer {
  const stopping = new AbortController();
  topic.consumed = true;
  const running = Promise.all(
    topic.partitions.map(async (partition) => {
      while (!stopping.signal.aborted) {
        if (partition.queue.length === 0) await topic.changed.heard();
        else await handOver(topic, partition, { handler, options, signal: stopping.signal });
      }
    }),
  );
  return {
    stop: async () => {
      stopping.abort();
      topic.changed.ring();
      await running;
      topic.consumed = false;
    },
  };
}

interface HandOver {
  readonly handler: Handler;
  readonly options: MemoryStreamOptions;
  readonly signal: AbortSignal;
}

/** One batch, again and again until its handler resolves or the consumer stops; only then does it leave the queue. */
async function handOver(topic: MemoryTopic, partition: MemoryPartition, how: HandOver): Promise<void> {
  const { metrics, startAfter, log = SILENT, backoff = DEFAULT_BACKOFF } = how.options;
  let batch: Batch<Topic> | null = null;
  const work = async (): Promise<Batch<Topic>> => {
    partition.first ??= ((await startAfter?.(topic.topic, partition.number)) ?? -1n) + 1n;
    batch ??= batchOf(topic.topic, partition, partition.first);
    await how.handler(batch);
    return batch;
  };
  try {
    const { messages } = await retry(work, {
      backoff,
      signal: how.signal,
      onRetry: (failure, attempt, waitMs) => {
        metrics.redelivered.inc({ topic: topic.topic });
        const fields = { topic: topic.topic, partition: partition.number, attempt, waitMs };
        log.warn({ ...fields, error: describeError(failure) }, "a batch was not handled; it comes again");
      },
    });
    topic.settle(partition, messages.length);
    metrics.consumed.inc({ topic: topic.topic }, messages.length);
  } catch (failure) {
    // Stopped in the middle of failing: the batch stays for the next consumer.
    if (!how.signal.aborted) throw failure;
  }
}

function batchOf(topic: Topic, partition: MemoryPartition, first: bigint): Batch<Topic> {
  const waiting = partition.queue.slice(0, MAX_BATCH);
  return {
    topic,
    partition: partition.number,
    firstOffset: first,
    lastOffset: first + BigInt(waiting.length - 1),
    messages: waiting.map(({ key, value }, index) => ({
      offset: first + BigInt(index),
      key,
      value,
    })),
  };
}
