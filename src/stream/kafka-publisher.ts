// Hands messages to the broker in the order they came: one request at a time, bounded memory, no end of trying.
import { CompressionTypes, Partitioners } from "kafkajs";
import type { Kafka, Producer } from "kafkajs";
import { describeError } from "../ops/log.ts";
import type { Log } from "../ops/log.ts";
import type { Metrics } from "../ops/metrics.ts";
import { DEFAULT_BACKOFF, pause, retry } from "../ops/retry.ts";
import type { Backoff } from "../ops/retry.ts";
import { Bell } from "./bell.ts";
import { ensureTopics } from "./kafka-client.ts";
import { brokerError, needsNewProducer } from "./kafka-errors.ts";
import { encodeDeadLetter } from "./messages.ts";
import type { Encoded } from "./messages.ts";
import { DEAD_LETTER_TOPIC } from "./topics.ts";

export interface PublisherOptions {
  readonly kafka: Kafka;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Keys the hashes in dead letters. */
  readonly secret: Uint8Array;
  readonly backoff?: Backoff;
  /** Bytes that may wait before `send` waits. */
  readonly maxPendingBytes?: number;
  /** How long `close` goes on trying. */
  readonly closeMs?: number;
}

export interface Publisher {
  /** Resolves when the broker has the messages, or their dead letters. Rejects only when closed before. */
  send(topic: string, messages: readonly Encoded[]): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

// A quarter of a minute of a busy collector, far below what a small container has.
const MAX_PENDING_BYTES = 16 * 1_048_576;
// Brokers refuse batches above 1,048,588 bytes by default (message.max.bytes); uncompressed we stay below even that.
const MAX_REQUEST_BYTES = 900_000;
// Leaves room in the ten seconds Docker gives a container to stop.
const CLOSE_MS = 5_000;

interface Item {
  readonly topic: string;
  readonly message: Encoded;
  readonly settle: (failure?: Error) => void;
}

/** A publisher over one connection; nothing is connected before the first message. */
export function createPublisher(options: PublisherOptions): Publisher {
  return new KafkaPublisher(options);
}

class KafkaPublisher implements Publisher {
  private readonly options: PublisherOptions;
  private readonly queue: Item[] = [];
  private readonly sends = new Set<Promise<void>>();
  private readonly changed = new Bell();
  private turn: Promise<void> = Promise.resolve();
  private pendingBytes = 0;
  private producer: Producer | null = null;
  private working: Promise<void> = Promise.resolve();
  private busy = false;
  private closing = false;
  private readonly giveUp = new AbortController();

  constructor(options: PublisherOptions) {
    this.options = options;
  }

  send(topic: string, messages: readonly Encoded[]): Promise<void> {
    const done = this.enqueue(topic, messages);
    const quiet = done.catch(() => {});
    this.sends.add(quiet);
    void quiet.then(() => this.sends.delete(quiet));
    return done;
  }

  private async enqueue(topic: string, messages: readonly Encoded[]): Promise<void> {
    // Senders take turns, or a later one could overtake an earlier one that waits for room.
    const admitted = this.turn.then(() => this.room());
    this.turn = admitted;
    await admitted;
    if (this.closing) throw closedError();
    const bytes = messages.reduce((sum, message) => sum + sizeOf(message), 0);
    this.account(bytes);
    const taken = messages.map(
      (message) =>
        new Promise<void>((resolve, reject) => {
          const settle = (failure?: Error): void => (failure === undefined ? resolve() : reject(failure));
          this.queue.push({ topic, message, settle });
        }),
    );
    if (!this.busy) this.working = this.work();
    const results = await Promise.allSettled(taken);
    this.account(-bytes);
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  async flush(): Promise<void> {
    await Promise.all(this.sends);
  }

  async close(): Promise<void> {
    this.closing = true;
    this.changed.ring();
    const deadline = new AbortController();
    const late = pause(this.options.closeMs ?? CLOSE_MS, deadline.signal).then(() => this.giveUp.abort());
    await this.working;
    deadline.abort();
    await late;
    await this.disconnect();
  }

  private async room(): Promise<void> {
    const limit = this.options.maxPendingBytes ?? MAX_PENDING_BYTES;
    while (this.pendingBytes >= limit && !this.closing) await this.changed.heard();
  }

  private account(bytes: number): void {
    this.pendingBytes += bytes;
    this.options.metrics.pendingBytes.set(this.pendingBytes);
    this.changed.ring();
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let chunk = nextChunk(this.queue); chunk.length > 0; chunk = nextChunk(this.queue)) {
      await this.deliver(chunk);
    }
    this.busy = false;
  }

  private async deliver(chunk: readonly Item[]): Promise<void> {
    const { log, metrics, backoff = DEFAULT_BACKOFF } = this.options;
    const topic = chunk[0]?.topic ?? "";
    let tries = 0;
    try {
      await retry(() => this.attempt(chunk), {
        backoff,
        signal: this.giveUp.signal,
        onRetry: (failure, attempt, waitMs) => {
          tries = attempt;
          metrics.brokerFailures.inc({ part: "publisher" });
          const fields = { topic, waitMs, error: describeError(failure) };
          // Once per outage: every further try is a counter.
          if (attempt === 1) log.warn(fields, "cannot publish; trying again");
        },
      });
      if (tries > 0) log.info({ topic, tries }, "publishing again");
    } catch {
      metrics.lost.inc({ topic }, chunk.length);
      log.error(
        { topic, messages: chunk.length },
        "messages were lost: the process stopped before the broker was back",
      );
      for (const item of chunk) item.settle(closedError());
    }
  }

  private async attempt(chunk: readonly Item[]): Promise<void> {
    const topic = chunk[0]?.topic ?? "";
    const producer = await this.connected();
    try {
      await producer.send({
        topic,
        acks: -1,
        compression: CompressionTypes.GZIP,
        messages: chunk.map(({ message: { key, value } }) => ({ key, value })),
      });
    } catch (failure) {
      if (brokerError(failure) === "MESSAGE_TOO_LARGE") return this.divide(chunk);
      // The same producer sends the same sequence numbers again, so the broker knows what it already has.
      if (needsNewProducer(failure)) await this.disconnect();
      throw failure;
    }
    this.options.metrics.published.inc({ topic }, chunk.length);
    for (const item of chunk) item.settle();
  }

  /** The broker's limit is below ours: halve, until one message alone is too large. */
  private async divide(chunk: readonly Item[]): Promise<void> {
    const [only, second] = chunk;
    if (only === undefined) return;
    if (second !== undefined) {
      const middle = Math.ceil(chunk.length / 2);
      await this.deliver(chunk.slice(0, middle));
      return this.deliver(chunk.slice(middle));
    }
    const { topic, message } = only;
    const reason = "stream.too-large";
    this.options.metrics.deadLetters.inc({ topic, reason });
    const facts = { topic, partition: null, offset: null, reason, value: message.value };
    if (topic === DEAD_LETTER_TOPIC) return only.settle();
    await this.deliver([
      {
        topic: DEAD_LETTER_TOPIC,
        message: encodeDeadLetter(facts, this.options.secret),
        settle: only.settle,
      },
    ]);
  }

  private async connected(): Promise<Producer> {
    if (this.producer !== null) return this.producer;
    await ensureTopics(this.options.kafka);
    const producer = this.options.kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  private async disconnect(): Promise<void> {
    const { producer } = this;
    this.producer = null;
    await producer?.disconnect().catch(() => {});
  }
}

/** Takes messages of one topic off the queue, as many as fit one request. */
function nextChunk(queue: Item[]): readonly Item[] {
  const topic = queue[0]?.topic;
  let bytes = 0;
  let count = 0;
  for (const item of queue) {
    bytes += sizeOf(item.message);
    if (item.topic !== topic || (count > 0 && bytes > MAX_REQUEST_BYTES)) break;
    count += 1;
  }
  return queue.splice(0, count);
}

// Record framing is at most a few dozen bytes (KIP-98's record format).
const sizeOf = ({ key, value }: Encoded): number => key.length + value.length + 32;

function closedError(): Error {
  return new Error("the stream is closed");
}
