// Takes batches from the broker and moves the offset only behind what the handler finished; starts anew after every failure.
import type { EachBatchPayload, Kafka, Consumer as KafkaConsumer, KafkaMessage } from "kafkajs";
import { describeError } from "../ops/log.ts";
import type { Log } from "../ops/log.ts";
import type { Metrics } from "../ops/metrics.ts";
import { DEFAULT_BACKOFF, backoffMs, pause, retry } from "../ops/retry.ts";
import type { Backoff } from "../ops/retry.ts";
import { ensureTopics } from "./kafka-client.ts";
import type { Consumer } from "./stream.ts";

export interface ConsumerOptions {
  readonly kafka: Kafka;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly groupId: string;
  readonly topic: string;
  /** Called for consecutive records of one partition until it resolves. */
  readonly onRecords: (partition: number, records: readonly KafkaMessage[]) => Promise<void>;
  readonly backoff?: Backoff;
  /** After this long without a sign of life the partitions go to another consumer. */
  readonly sessionTimeoutMs?: number;
}

// How long a killed classifier's partitions stay without one. A live one beats from a timer while its handler waits, so
// only a thread blocked for this long is mistaken for dead; brokers accept six seconds and more.
const SESSION_TIMEOUT_MS = 10_000;
// While a batch is worked on, the library waits this long for the other partitions before it looks at this one again.
const LONG_POLL_MS = 500;
// One transaction's worth of messages.
const MAX_BATCH = 500;
// As in process: four commits overlap their waits for the database.
const PARTITIONS_AT_ONCE = 4;
// Leaving a group is a courtesy: who does not get to say it is dropped by the broker after the session timeout.
const GOODBYE_MS = 2_000;

/** Starts at once and keeps trying while the broker is away. */
export function startKafkaConsumer(options: ConsumerOptions): Consumer {
  const { log, metrics, topic, backoff = DEFAULT_BACKOFF } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const onRetry = (failure: unknown, attempt: number, waitMs: number): void => {
    metrics.brokerFailures.inc({ part: "consumer" });
    if (attempt === 1)
      log.warn({ topic, waitMs, error: describeError(failure) }, "cannot consume; trying again");
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await retry(() => consumeOnce(options, signal), { backoff, signal, onRetry });
      } catch (failure) {
        if (!signal.aborted) throw failure;
      }
      await pause(backoff.firstMs, signal);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** One life of a consumer: rejects when it could not begin, resolves when it ended. */
async function consumeOnce(options: ConsumerOptions, signal: AbortSignal): Promise<void> {
  const { kafka, log, topic, groupId, sessionTimeoutMs = SESSION_TIMEOUT_MS } = options;
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: Math.floor(sessionTimeoutMs / 10),
    maxWaitTimeInMs: LONG_POLL_MS,
    allowAutoTopicCreation: false,
    retry: { restartOnFailure: async () => false },
  });
  const handling = new Set<Promise<void>>();
  const begin = async (): Promise<void> => {
    await ensureTopics(kafka);
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: (payload) => tracked(handling, handleBatch(payload, options, signal)),
    });
  };
  try {
    const ended = endOf(consumer, signal);
    // A broker answers a join only when the group's dead members have timed out; a stop does not wait for that.
    await Promise.race([begin(), ended]);
    const failure = await ended;
    if (failure !== null)
      log.warn({ topic, error: describeError(failure) }, "the consumer ended; starting anew");
  } finally {
    await Promise.allSettled(handling);
    const goodbye = new AbortController();
    const said = consumer.disconnect().catch(() => {});
    await Promise.race([said, pause(GOODBYE_MS, goodbye.signal)]);
    goodbye.abort();
  }
}

async function tracked(handling: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  handling.add(work);
  try {
    await work;
  } finally {
    handling.delete(work);
  }
}

/** Resolves to the failure when the consumer dies, or to null when it is to stop. */
function endOf(consumer: KafkaConsumer, signal: AbortSignal): Promise<Error | null> {
  return new Promise((resolve) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
    const stop = (): void => resolve(null);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}

async function handleBatch(
  payload: EachBatchPayload,
  options: ConsumerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { batch, resolveOffset, commitOffsetsIfNecessary, isRunning, isStale } = payload;
  const { topic, partition } = batch;
  const pulse = keepBeating(payload, options.sessionTimeoutMs ?? SESSION_TIMEOUT_MS);
  try {
    for (let at = 0; at < batch.messages.length; at += MAX_BATCH) {
      if (!isRunning() || isStale() || signal.aborted) return;
      const records = batch.messages.slice(at, at + MAX_BATCH);
      const last = records.at(-1)?.offset ?? "";
      if (!(await handled(partition, records, { options, stops: [signal, pulse.lost] }))) return;
      resolveOffset(last);
      const next = (BigInt(last) + 1n).toString();
      await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: next }] }] });
      pulse.check();
    }
  } finally {
    pulse.end();
  }
  pulse.check();
}

interface Handling {
  readonly options: ConsumerOptions;
  readonly stops: readonly AbortSignal[];
}

/** true when the handler resolved; false when trying again must end, because we stop or the partition is no longer ours. */
async function handled(partition: number, records: readonly KafkaMessage[], how: Handling): Promise<boolean> {
  const { onRecords, log, metrics, topic, backoff = DEFAULT_BACKOFF } = how.options;
  const signal = AbortSignal.any([...how.stops]);
  for (let attempt = 1; ; attempt++) {
    try {
      await onRecords(partition, records);
      metrics.consumed.inc({ topic }, records.length);
      return true;
    } catch (failure) {
      if (signal.aborted) return false;
      const waitMs = backoffMs(backoff, attempt, Math.random);
      const fields = { topic, partition, attempt, waitMs, error: describeError(failure) };
      log.warn(fields, "a batch was not handled; it comes again");
      await pause(waitMs, signal);
      if (signal.aborted) return false;
      metrics.redelivered.inc({ topic });
    }
  }
}

interface Pulse {
  /** Aborts when the group has moved on without us. */
  readonly lost: AbortSignal;
  /** Throws what the last heartbeat failed with, so that the library joins the group again. */
  check(): void;
  end(): void;
}

/** Tells the group that we live while a handler works or waits. */
function keepBeating({ heartbeat }: EachBatchPayload, sessionTimeoutMs: number): Pulse {
  const lost = new AbortController();
  let failure: unknown;
  const beat = async (): Promise<void> => {
    try {
      await heartbeat();
    } catch (error) {
      failure ??= error;
      lost.abort();
    }
  };
  const timer = setInterval(() => void beat(), sessionTimeoutMs / 10);
  return {
    lost: lost.signal,
    check: () => {
      if (failure !== undefined) throw failure as Error;
    },
    end: () => clearInterval(timer),
  };
}
