// The stream over Kafka: ordered per key, at least once, unreadable messages put aside.
import { randomBytes } from "node:crypto";
import type { KafkaMessage } from "kafkajs";
import type { KafkaSettings } from "../ops/config.ts";
import type { Log } from "../ops/log.ts";
import type { Metrics } from "../ops/metrics.ts";
import type { Backoff } from "../ops/retry.ts";
import { kafkaClient } from "./kafka-client.ts";
import { startKafkaConsumer } from "./kafka-consumer.ts";
import { createPublisher } from "./kafka-publisher.ts";
import type { Publisher } from "./kafka-publisher.ts";
import { decodeMessage, encodeDeadLetter, encodeMessage } from "./messages.ts";
import type { Encoded } from "./messages.ts";
import type { Batch, Consumer, Stream, Topic } from "./stream.ts";
import { DEAD_LETTER_TOPIC } from "./topics.ts";

export interface KafkaStreamOptions {
  readonly kafka: KafkaSettings;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Keys the hashes in dead letters; without it they tell repeats apart only within one process. */
  readonly secret?: Uint8Array;
  /** Consumers of one group share the partitions. */
  readonly group?: string;
  readonly backoff?: Backoff;
  readonly sessionTimeoutMs?: number;
  readonly maxPendingBytes?: number;
  readonly closeMs?: number;
}

/** Connects lazily and keeps trying: a broker that is away delays, it never fails a call. */
export async function createKafkaStream(options: KafkaStreamOptions): Promise<Stream> {
  const { secret = randomBytes(32), group = "umbra" } = options;
  const kafka = await kafkaClient(options.kafka, options.log);
  const publisher = createPublisher({ ...options, kafka, secret });
  const reader: Reader = { publisher, metrics: options.metrics, secret };
  const consumers: Consumer[] = [];
  return {
    publish: (topic, messages) => publisher.send(topic, messages.map(encodeMessage)),
    consume: async (topic, handler) => {
      const consumer = startKafkaConsumer({
        ...options,
        kafka,
        topic,
        // One group per topic: members of one group must all subscribe to the same.
        groupId: `${group}.${topic}`,
        onRecords: readingOnce(topic, reader, handler),
      });
      consumers.push(consumer);
      return consumer;
    },
    flush: () => publisher.flush(),
    close: async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await publisher.close();
    },
  };
}

interface Reader {
  readonly publisher: Publisher;
  readonly metrics: Metrics;
  readonly secret: Uint8Array;
}

type OnRecords = (partition: number, records: readonly KafkaMessage[]) => Promise<void>;

/** Reads and puts aside once per delivery, so that a handler's retries repeat neither. */
function readingOnce<T extends Topic>(
  topic: T,
  reader: Reader,
  handler: (batch: Batch<T>) => Promise<void>,
): OnRecords {
  const read = new WeakMap<readonly KafkaMessage[], Batch<T>>();
  return async (partition, records) => {
    let batch = read.get(records);
    if (batch === undefined) {
      batch = await readBatch(topic, { partition, records }, reader);
      read.set(records, batch);
    }
    await handler(batch);
  };
}

interface Records {
  readonly partition: number;
  readonly records: readonly KafkaMessage[];
}

async function readBatch<T extends Topic>(
  topic: T,
  { partition, records }: Records,
  reader: Reader,
): Promise<Batch<T>> {
  const messages: Batch<T>["messages"][number][] = [];
  const letters: { readonly encoded: Encoded; readonly reason: string }[] = [];
  for (const { key, value, offset } of records) {
    const message = decodeMessage(topic, key, value);
    if (message.ok) messages.push({ offset: BigInt(offset), ...message.value });
    else {
      const reason = message.weird.name;
      const facts = { topic, partition, offset: BigInt(offset), reason, value };
      letters.push({ encoded: encodeDeadLetter(facts, reader.secret), reason });
    }
  }
  if (letters.length > 0) await putAside(topic, letters, reader);
  const firstOffset = BigInt(records[0]?.offset ?? 0);
  const lastOffset = BigInt(records.at(-1)?.offset ?? 0);
  return { topic, partition, firstOffset, lastOffset, messages };
}

async function putAside(
  topic: Topic,
  letters: readonly { readonly encoded: Encoded; readonly reason: string }[],
  { publisher, metrics }: Reader,
): Promise<void> {
  await publisher.send(
    DEAD_LETTER_TOPIC,
    letters.map(({ encoded }) => encoded),
  );
  for (const { reason } of letters) metrics.deadLetters.inc({ topic, reason });
}
