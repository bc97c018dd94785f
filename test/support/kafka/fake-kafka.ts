// A client that answers from a script: for what no real broker does on demand.
import type { EachBatchPayload, Kafka, ProducerRecord } from "kafkajs";

export interface FakeKafka {
  readonly kafka: Kafka;
  /** Every request that reached `send`, failed ones included: topic and values. */
  readonly sent: { readonly topic: string; readonly values: readonly string[] }[];
  readonly made: string[];
  producers: number;
  consumers: number;
  readonly committed: string[];
  readonly resolved: string[];
  /** Kills the consumer that runs. */
  crash(failure: Error): void;
}

export interface Script {
  /** Fails the n-th request (from 0) when it returns an error. */
  readonly refuse?: (request: number, values: readonly string[]) => Error | undefined;
  /** Delivered once to the first consumer that runs. */
  readonly records?: readonly { readonly key: string | null; readonly value: string | null }[];
  readonly heartbeat?: () => Promise<void>;
  readonly topics?: readonly string[];
  /** What the broker never answers. */
  readonly silentTo?: "join" | "leave";
}

/** An error as the broker's word arrives: named by `type`, wrapped once. */
export function protocolError(type: string): Error {
  const word = Object.assign(new Error(type), { name: "KafkaJSProtocolError", type });
  return Object.assign(new Error("wrapped", { cause: word }), { name: "KafkaJSNonRetriableError" });
}

export function fakeKafka(script: Script = {}): FakeKafka {
  let crash: (event: { payload: { error: Error } }) => void = () => {};
  let delivered = false;
  const fake: FakeKafka = {
    kafka: {
      admin: () => ({
        connect: async () => {},
        disconnect: async () => {},
        listTopics: async () => [...(script.topics ?? [])],
        createTopics: async ({ topics }: { topics: { topic: string }[] }) =>
          void fake.made.push(...topics.map(({ topic }) => topic)),
      }),
      producer: () => {
        fake.producers += 1;
        return {
          connect: async () => {},
          disconnect: async () => {},
          send: async ({ topic, messages }: ProducerRecord) => {
            const values = messages.map(({ value }) => String(value));
            const failure = script.refuse?.(fake.sent.length, values);
            fake.sent.push({ topic, values });
            if (failure !== undefined) throw failure;
          },
        };
      },
      consumer: () => {
        fake.consumers += 1;
        return {
          events: { CRASH: "crash" },
          on: (_event: string, listener: typeof crash) => void (crash = listener),
          connect: async () => {},
          disconnect: () => (script.silentTo === "leave" ? new Promise(() => {}) : Promise.resolve()),
          subscribe: async () => {},
          run: async ({ eachBatch }: { eachBatch: (payload: EachBatchPayload) => Promise<void> }) => {
            if (script.silentTo === "join") await new Promise(() => {});
            if (delivered || script.records === undefined) return;
            delivered = true;
            void eachBatch(payloadOf(script, fake)).catch((error: Error) => crash({ payload: { error } }));
          },
        };
      },
    } as unknown as Kafka,
    sent: [],
    made: [],
    producers: 0,
    consumers: 0,
    committed: [],
    resolved: [],
    crash: (error) => crash({ payload: { error } }),
  };
  return fake;
}

function payloadOf(script: Script, fake: FakeKafka): EachBatchPayload {
  const messages = (script.records ?? []).map(({ key, value }, index) => ({
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    offset: String(index + 5),
  }));
  return {
    batch: { topic: "umbra.sightings.v1", partition: 3, messages },
    resolveOffset: (offset: string) => void fake.resolved.push(offset),
    commitOffsetsIfNecessary: async (offsets: { topics: { partitions: { offset: string }[] }[] }) =>
      void fake.committed.push(offsets.topics[0]?.partitions[0]?.offset ?? ""),
    heartbeat: script.heartbeat ?? (async () => {}),
    isRunning: () => true,
    isStale: () => false,
  } as unknown as EachBatchPayload;
}
