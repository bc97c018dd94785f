// One suite for every Stream, Kafka by way of a real broker; below it, what only one of them promises.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { emptyFacts } from "../../src/model/facts.ts";
import type { Sighting } from "../../src/model/sighting.ts";
import { SILENT } from "../../src/ops/log.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { createKafkaStream } from "../../src/stream/kafka-stream.ts";
import type { KafkaStreamOptions } from "../../src/stream/kafka-stream.ts";
import { createMemoryStream } from "../../src/stream/memory-stream.ts";
import type { Batch, Message, Stream } from "../../src/stream/stream.ts";
import { brokerMissing, startBroker } from "../support/kafka/broker.ts";
import type { Broker } from "../support/kafka/broker.ts";

const TOPIC = "umbra.sightings.v1";
type SightingBatch = Batch<typeof TOPIC>;

const noBroker = brokerMissing();
if (noBroker !== null) process.stderr.write(`${noBroker}\n`);

const quick = { firstMs: 10, maxMs: 100 };
const patience = { timeout: 45_000, interval: 20 };
let broker: Broker;
let run = "";
let runs = 0;
const opened: Stream[] = [];

function aMessage(key: string, number: number): Message<typeof TOPIC> {
  const value: Sighting = {
    key: {
      authority: key,
      method: "GET",
      path: "/",
      declared: false,
      protocol: "http/1.1",
      style: "rest",
      operation: null,
    },
    facts: { ...emptyFacts(0), requests: number },
  };
  return { key: `${run}.${key}`, value };
}

/** Messages 0..count-1 spread over `keys` keys. */
function someMessages(count: number, keys: number): readonly Message<typeof TOPIC>[] {
  return Array.from({ length: count }, (_, number) => aMessage(`s${number % keys}.test`, number));
}

/** Numbers of this test's messages in a batch; earlier tests left theirs in the same topic. */
function ours({ messages }: SightingBatch): readonly number[] {
  return messages.filter(({ key }) => key.startsWith(`${run}.`)).map(({ value }) => value.facts.requests);
}

async function openKafka(more: Partial<KafkaStreamOptions> = {}): Promise<Stream> {
  const stream = await createKafkaStream({
    kafka: { brokers: broker.brokers.split(","), tls: null, sasl: null },
    log: SILENT,
    metrics: createMetrics(),
    group: run,
    backoff: quick,
    sessionTimeoutMs: 6_000,
    ...more,
  });
  opened.push(stream);
  return stream;
}

function openMemory(more: { readonly capacity?: number } = {}): Stream {
  const stream = createMemoryStream({ metrics: createMetrics(), backoff: quick, ...more });
  opened.push(stream);
  return stream;
}

beforeAll(async () => {
  if (noBroker === null) broker = await startBroker();
});
afterAll(() => broker?.stop());
afterEach(async () => {
  await Promise.all(opened.splice(0).map((stream) => stream.close()));
});

function newRun(): void {
  runs += 1;
  run = `r${process.pid}-${Date.now()}-${runs}`;
}

const implementations = [
  { name: "memory", skip: false, open: async () => openMemory() },
  { name: "kafka", skip: noBroker !== null, open: async () => openKafka() },
];

describe.each(implementations)("$name keeps the Stream contract", ({ skip, open }) => {
  test.skipIf(skip)(
    "every message arrives once, in order per key, at most one batch per partition at a time",
    async () => {
      newRun();
      const stream = await open();
      const seen = new Map<string, number[]>();
      const offsets = new Map<number, bigint>();
      const working = new Set<number>();
      const faults: string[] = [];
      let count = 0;
      await stream.consume(TOPIC, async (batch) => {
        const { partition, firstOffset, lastOffset, messages } = batch;
        if (working.has(partition)) faults.push(`two batches of partition ${partition} at once`);
        working.add(partition);
        if (firstOffset <= (offsets.get(partition) ?? -1n)) faults.push(`offset ${firstOffset} again`);
        offsets.set(partition, lastOffset);
        if (messages.some(({ offset }) => offset < firstOffset || offset > lastOffset))
          faults.push("offset out of range");
        await new Promise((resolve) => setImmediate(resolve));
        for (const { key, value } of messages.filter(({ key }) => key.startsWith(`${run}.`))) {
          seen.set(key, [...(seen.get(key) ?? []), value.facts.requests]);
          count += 1;
        }
        working.delete(partition);
      });
      const all = someMessages(600, 20);
      await Promise.all([0, 150, 300, 450].map((at) => stream.publish(TOPIC, all.slice(at, at + 150))));
      await vi.waitFor(() => expect(count).toBe(600), patience);
      expect(faults).toEqual([]);
      expect(seen.size).toBe(20);
      for (const numbers of seen.values()) expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    },
  );

  test.skipIf(skip)("a value arrives as it was sent", async () => {
    newRun();
    const stream = await open();
    const sent = aMessage("s.test", 1);
    const got: unknown[] = [];
    await stream.consume(TOPIC, async ({ messages }) => {
      got.push(...messages.filter(({ key }) => key === sent.key).map(({ value }) => value));
    });
    await stream.publish(TOPIC, [sent]);
    await vi.waitFor(() => expect(got).toHaveLength(1), patience);
    expect(got).toEqual([sent.value]);
  });

  test.skipIf(skip)("what a handler rejects comes again, the same batch, before anything later", async () => {
    newRun();
    const stream = await open();
    const deliveries: string[] = [];
    const handled: number[] = [];
    await stream.consume(TOPIC, async (batch) => {
      if (ours(batch).length === 0) return;
      deliveries.push(`${batch.partition}:${batch.firstOffset}-${batch.lastOffset}`);
      if (deliveries.length <= 3) throw new Error("the database is away");
      handled.push(...ours(batch));
    });
    await stream.publish(TOPIC, [aMessage("s.test", 1), aMessage("s.test", 2)]);
    await stream.publish(TOPIC, [aMessage("s.test", 3)]);
    await vi.waitFor(() => expect(handled.length).toBeGreaterThanOrEqual(3), patience);
    expect(handled).toEqual([1, 2, 3]);
    expect(new Set(deliveries.slice(0, 4)).size).toBe(1);
  });

  test.skipIf(skip)(
    "a consumer that stops while failing loses nothing: the next one continues there",
    async () => {
      newRun();
      const stream = await open();
      const first: number[] = [];
      let failures = 0;
      const consumer = await stream.consume(TOPIC, async (batch) => {
        for (const number of ours(batch)) {
          if (number < 10) continue;
          failures += 1;
          throw new Error("cannot store this");
        }
        first.push(...ours(batch));
      });
      for (let number = 0; number < 10; number++) await stream.publish(TOPIC, [aMessage("s.test", number)]);
      await vi.waitFor(() => expect(first).toHaveLength(10), patience);
      await stream.publish(TOPIC, [aMessage("s.test", 10), aMessage("s.test", 11)]);
      await vi.waitFor(() => expect(failures).toBeGreaterThan(1), patience);
      await consumer.stop();
      const second: number[] = [];
      await stream.consume(TOPIC, async (batch) => void second.push(...ours(batch)));
      await vi.waitFor(() => expect(second.length).toBeGreaterThanOrEqual(2), patience);
      expect(second).toEqual([10, 11]);
    },
  );

  test.skipIf(skip)("stop finishes the batch at hand, and nothing comes after it", async () => {
    newRun();
    const stream = await open();
    let begun = 0;
    let finished = 0;
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const consumer = await stream.consume(TOPIC, async (batch) => {
      if (ours(batch).length === 0) return;
      begun += 1;
      await gate;
      finished += 1;
    });
    await stream.publish(TOPIC, [aMessage("s.test", 1)]);
    await vi.waitFor(() => expect(begun).toBe(1), patience);
    const stopped = consumer.stop();
    await stream.publish(TOPIC, [aMessage("s.test", 2)]);
    release();
    await stopped;
    expect([begun, finished]).toEqual([1, 1]);
    const second: number[] = [];
    await stream.consume(TOPIC, async (batch) => void second.push(...ours(batch)));
    await vi.waitFor(() => expect(second).toEqual([2]), patience);
  });

  test.skipIf(skip)("after close nothing is taken", async () => {
    newRun();
    const stream = await open();
    await stream.close();
    await expect(stream.publish(TOPIC, [aMessage("s.test", 1)])).rejects.toThrow("closed");
  });
});

describe("memory alone", () => {
  test("publish waits while the queue is full, and goes on when the consumer does", async () => {
    newRun();
    const stream = openMemory({ capacity: 10 });
    let taken = 0;
    const publishing = Promise.all(
      someMessages(25, 3).map((message) => stream.publish(TOPIC, [message]).then(() => (taken += 1))),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBe(10);
    const handled: number[] = [];
    await stream.consume(TOPIC, async (batch) => void handled.push(...ours(batch)));
    await publishing;
    await stream.flush();
    expect(handled).toHaveLength(25);
  });

  test("flush waits for the handler", async () => {
    newRun();
    const stream = openMemory();
    const handled: number[] = [];
    await stream.consume(TOPIC, async (batch) => {
      await new Promise((resolve) => setImmediate(resolve));
      handled.push(...ours(batch));
    });
    await stream.publish(TOPIC, someMessages(5, 5));
    await stream.flush();
    expect(handled).toHaveLength(5);
  });
});

describe.skipIf(noBroker !== null)("kafka alone", () => {
  const admin = () =>
    new Kafka({
      brokers: broker.brokers.split(","),
      logLevel: logLevel.NOTHING,
      retry: { retries: 10 },
    }).admin();
  async function committed(): Promise<bigint> {
    const asking = admin();
    await asking.connect();
    const [found] = await asking.fetchOffsets({ groupId: `${run}.${TOPIC}`, topics: [TOPIC] });
    await asking.disconnect();
    const offsets = (found?.partitions ?? []).map(({ offset }) => BigInt(offset));
    return offsets.reduce((sum, offset) => sum + (offset > 0n ? offset : 0n), 0n);
  }

  test("the topics get their partitions", async () => {
    newRun();
    await (await openKafka()).publish(TOPIC, [aMessage("s.test", 1)]);
    const asking = admin();
    await asking.connect();
    const { topics } = await asking.fetchTopicMetadata();
    await asking.disconnect();
    const partitions = Object.fromEntries(topics.map((topic) => [topic.name, topic.partitions.length]));
    expect(partitions).toMatchObject({
      [TOPIC]: 12,
      "umbra.collector-health.v1": 1,
      "umbra.dead-letter.v1": 1,
    });
  });

  test("the offset at the broker moves only after the handler resolved", async () => {
    newRun();
    const stream = await openKafka();
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let waiting = 0;
    await stream.consume(TOPIC, async () => {
      waiting += 1;
      await gate;
    });
    await stream.publish(TOPIC, [aMessage("s.test", 1)]);
    await vi.waitFor(() => expect(waiting).toBeGreaterThan(0), patience);
    expect(await committed()).toBe(0n);
    release();
    await vi.waitFor(async () => expect(await committed()).toBeGreaterThan(0n), patience);
  });

  test("two consumers of a group share the partitions", async () => {
    newRun();
    const owners = new Map<number, Set<string>>();
    const handled: number[] = [];
    for (const name of ["left", "right"]) {
      const stream = await openKafka();
      await stream.consume(TOPIC, async (batch) => {
        if (ours(batch).some((number) => number >= 100)) {
          owners.set(batch.partition, (owners.get(batch.partition) ?? new Set()).add(name));
        }
        handled.push(...ours(batch));
      });
    }
    const publisher = await openKafka();
    const names = (): number => new Set([...owners.values()].flatMap((set) => [...set])).size;
    let next = 100;
    await vi.waitFor(
      async () => {
        await publisher.publish(
          TOPIC,
          Array.from({ length: 50 }, () => aMessage(`s${next}.test`, next++)),
        );
        expect(names()).toBe(2);
      },
      { timeout: 45_000, interval: 300 },
    );
    await vi.waitFor(() => expect(new Set(handled).size).toBe(next - 100), patience);
  });

  test("what cannot be read goes to the dead letters without its bytes, and the rest goes on", async () => {
    newRun();
    const metrics = createMetrics();
    const stream = await openKafka({ metrics });
    await stream.publish(TOPIC, [aMessage("s.test", 1)]);
    const client = new Kafka({ brokers: broker.brokers.split(","), logLevel: logLevel.NOTHING });
    const producer = client.producer();
    await producer.connect();
    const key = `${run}.s.test`;
    await producer.send({
      topic: TOPIC,
      messages: [
        { key, value: "card 4111111111111111 {" },
        { key, value: JSON.stringify({ key: {}, facts: {} }) },
        { key: null, value: "keyless" },
        { key, value: null },
      ],
    });
    await producer.disconnect();
    const handled: number[] = [];
    await stream.consume(TOPIC, async (batch) => void handled.push(...ours(batch)));
    await stream.publish(TOPIC, [aMessage("s.test", 2)]);
    await vi.waitFor(() => expect(handled).toEqual([1, 2]), patience);

    const letters: string[] = [];
    const reader = client.consumer({ groupId: `${run}.letters` });
    await reader.connect();
    await reader.subscribe({ topic: "umbra.dead-letter.v1", fromBeginning: true });
    await reader.run({ eachMessage: async ({ message }) => void letters.push(String(message.value)) });
    await vi.waitFor(() => expect(letters.length).toBeGreaterThanOrEqual(4), patience);
    await reader.disconnect();
    expect(letters.join("\n")).not.toContain("4111");
    const told = letters.map(
      (letter) => JSON.parse(letter) as { topic: string; reason: string; bytes: number },
    );
    expect(
      told
        .slice(-4)
        .map(({ reason, bytes }) => `${reason} ${bytes}`)
        .sort(),
    ).toEqual(["stream.empty 0", "stream.no-key 7", "stream.not-json 23", "stream.shape 21"]);
    expect(await metrics.text()).toContain(
      `umbra_stream_dead_letters_total{topic="${TOPIC}",reason="stream.not-json"} 1`,
    );
  });

  test("a message far above the broker's limit becomes a dead letter, its neighbours arrive", async () => {
    newRun();
    const metrics = createMetrics();
    const stream = await openKafka({ metrics });
    const handled: number[] = [];
    await stream.consume(TOPIC, async (batch) => void handled.push(...ours(batch)));
    const noise = Array.from({ length: 150_000 }, () => Math.random().toString(36).slice(2));
    const giant = aMessage("s.test", 2);
    const facts = { ...giant.value.facts, schemes: Object.fromEntries(noise.map((name) => [name, 1])) };
    const message = { ...giant, value: { ...giant.value, facts } };
    await stream.publish(TOPIC, [aMessage("s.test", 1), message, aMessage("s.test", 3)]);
    await vi.waitFor(() => expect(handled).toEqual([1, 3]), patience);
    expect(await metrics.text()).toContain('reason="stream.too-large"} 1');
  });

  test("a consumer process killed at any moment: another continues, nothing is lost, little comes twice", async () => {
    newRun();
    const stream = await openKafka();
    for (let at = 0; at < 300; at += 10) {
      await stream.publish(
        TOPIC,
        Array.from({ length: 10 }, (_, n) => aMessage(`s${n}.test`, at + n)),
      );
    }
    const first = consumerProcess();
    await vi.waitFor(() => expect(first.numbers.length).toBeGreaterThan(20), patience);
    for (let at = 300; at < 400; at += 10) {
      await stream.publish(
        TOPIC,
        Array.from({ length: 10 }, (_, n) => aMessage(`s${n}.test`, at + n)),
      );
    }
    await first.kill();
    const second = consumerProcess();
    const all = () => new Set([...first.numbers, ...second.numbers]);
    await vi.waitFor(() => expect(all().size).toBe(400), patience);
    await second.kill();
    const twice = first.numbers.filter((number) => second.numbers.includes(number));
    expect(twice.length).toBeLessThan(first.numbers.length);
  });

  test.skipIf(noBroker === null && process.env["UMBRA_TEST_KAFKA_BROKERS"] !== undefined)(
    "a broker killed and started again in the middle of publishing: nothing is lost, order holds",
    async () => {
      newRun();
      const stream = await openKafka();
      const handled = new Map<string, number[]>();
      await stream.consume(TOPIC, async ({ messages }) => {
        for (const { key, value } of messages.filter(({ key }) => key.startsWith(`${run}.`))) {
          handled.set(key, [...(handled.get(key) ?? []), value.facts.requests]);
        }
      });
      const publishing: Promise<void>[] = [];
      const burst = (from: number): void => {
        for (let n = from; n < from + 100; n++)
          publishing.push(stream.publish(TOPIC, [aMessage(`s${n % 7}.test`, n)]));
      };
      burst(0);
      await publishing[0];
      burst(100);
      await broker.kill();
      burst(200);
      await broker.restart();
      burst(300);
      await Promise.all(publishing);
      const count = () => new Set([...handled.values()].flat()).size;
      await vi.waitFor(() => expect(count()).toBe(400), patience);
      for (const numbers of handled.values()) {
        const once = numbers.filter((number, index) => numbers.indexOf(number) === index);
        expect(once).toEqual([...once].sort((a, b) => a - b));
      }
    },
  );

  test("a broker that is away: close gives up after its time and says what was lost", async () => {
    newRun();
    const metrics = createMetrics();
    const nobody = { brokers: ["127.0.0.1:1"], tls: null, sasl: null };
    const stream = await openKafka({ kafka: nobody, metrics, closeMs: 50 });
    const publishing = stream.publish(TOPIC, someMessages(3, 1));
    const refused = publishing.then(
      () => "taken",
      (failure: Error) => failure.message,
    );
    await vi.waitFor(async () =>
      expect((await metrics.pendingBytes.get()).values[0]?.value).toBeGreaterThan(0),
    );
    await stream.close();
    expect(await refused).toBe("the stream is closed");
    expect(await metrics.text()).toContain(`umbra_stream_lost_total{topic="${TOPIC}"} 3`);
  });
});

function consumerProcess() {
  const script = fileURLToPath(new URL("../support/kafka/consume.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, broker.brokers, run], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const numbers: number[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { seen } = JSON.parse(line) as { seen: [key: string, number: number, offset: string][] };
    numbers.push(...seen.filter(([key]) => key.startsWith(`${run}.`)).map(([, number]) => number));
  });
  const gone = once(child, "exit");
  return {
    numbers,
    kill: async (): Promise<void> => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
