// One way to reach the brokers: TLS, login, quiet logging, and the topics made when they are missing.
import { readFile } from "node:fs/promises";
import { Kafka, logLevel } from "kafkajs";
import type { KafkaConfig, LogEntry, SASLOptions } from "kafkajs";
import type { KafkaSettings } from "../ops/config.ts";
import type { Log } from "../ops/log.ts";
import { DEAD_LETTER_PARTITIONS, DEAD_LETTER_TOPIC, TOPICS } from "./topics.ts";

/** A client that tries a few times per call; waiting longer is its callers' business. */
export async function kafkaClient(settings: KafkaSettings, log: Log): Promise<Kafka> {
  const { brokers, tls, sasl } = settings;
  const config: KafkaConfig = {
    clientId: "umbra",
    brokers: [...brokers],
    connectionTimeout: 5_000,
    // Set in full, because the library shortens its own defaults when NODE_ENV is "test".
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000, factor: 0.2, multiplier: 2 },
    logLevel: logLevel.INFO,
    logCreator: () => quietly(log),
  };
  if (tls !== null) config.ssl = tls.ca === null ? true : { ca: [await readFile(tls.ca, "utf8")] };
  if (sasl !== null) config.sasl = sasl as SASLOptions;
  return new Kafka(config);
}

/** The library's lines at debug level: it reports each try as an error, while ours say once that the broker is away. */
function quietly(log: Log): (entry: LogEntry) => void {
  const kafka = log.child({ part: "kafkajs" });
  return ({ namespace, label, log: { message, ...rest } }) => {
    const { broker, groupId, retryCount } = rest as Readonly<Record<string, unknown>>;
    kafka.debug({ namespace, label, broker, groupId, retryCount }, message);
  };
}

/** Makes the missing topics; asks for no rights on those that exist. */
export async function ensureTopics(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = wantedTopics().filter(({ topic }) => !existing.has(topic));
    if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
}

function wantedTopics(): readonly { readonly topic: string; readonly numPartitions: number }[] {
  const ours = Object.entries(TOPICS).map(([topic, { partitions }]) => ({
    topic,
    numPartitions: partitions,
  }));
  return [...ours, { topic: DEAD_LETTER_TOPIC, numPartitions: DEAD_LETTER_PARTITIONS }];
}
