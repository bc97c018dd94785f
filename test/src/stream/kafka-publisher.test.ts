// Failures that a real broker does not produce on demand.
import { expect, test, vi } from "vitest";
import { SILENT, createLog } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createPublisher } from "../../../src/stream/kafka-publisher.ts";
import type { PublisherOptions } from "../../../src/stream/kafka-publisher.ts";
import { fakeKafka, protocolError } from "../../support/kafka/fake-kafka.ts";
import type { FakeKafka } from "../../support/kafka/fake-kafka.ts";

const metrics = createMetrics();
const aPublisher = (fake: FakeKafka, more: Partial<PublisherOptions> = {}) =>
  createPublisher({
    kafka: fake.kafka,
    log: SILENT,
    metrics,
    secret: new Uint8Array(32),
    backoff: { firstMs: 1, maxMs: 1 },
    ...more,
  });
const message = (value: string) => ({ key: "k", value: Buffer.from(value) });

test("topics are made before the first message, messages of one topic travel together, in order", async () => {
  const fake = fakeKafka({ topics: ["umbra.sightings.v1"] });
  const publisher = aPublisher(fake);
  await Promise.all([
    publisher.send("t", [message("1")]),
    publisher.send("t", [message("2"), message("3")]),
    publisher.send("u", [message("4")]),
  ]);
  expect(fake.made).toEqual([
    "umbra.collector-health.v1",
    "umbra.inventory-events.v1",
    "umbra.dead-letter.v1",
  ]);
  expect(fake.sent.flatMap(({ values }) => values)).toEqual(["1", "2", "3", "4"]);
  expect(fake.sent.map(({ topic }) => topic)).toEqual(["t", "t", "u"]);
});

test("requests stay below the broker's limit", async () => {
  const fake = fakeKafka();
  await aPublisher(fake).send(
    "t",
    Array.from({ length: 10 }, () => message("x".repeat(300_000))),
  );
  expect(fake.sent.map(({ values }) => values.length)).toEqual([2, 2, 2, 2, 2]);
});

test("a broker that is away: the same request again, from the same producer", async () => {
  const fake = fakeKafka({
    refuse: (request) => (request < 3 ? new Error("connection refused") : undefined),
  });
  await aPublisher(fake).send("t", [message("1")]);
  expect(fake.sent).toHaveLength(4);
  expect(fake.producers).toBe(1);
});

test("an outage is two lines in the log, however many tries it took", async () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => void lines.push(line) });
  const fake = fakeKafka({
    refuse: (request) => (request < 5 ? new Error("connection refused") : undefined),
  });
  await aPublisher(fake, { log }).send("t", [message("a value of somebody")]);
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    "cannot publish; trying again",
    "publishing again",
  ]);
  expect(lines.join()).not.toContain("somebody");
});

test("a broker that forgot the producer gets a new one", async () => {
  const fake = fakeKafka({
    refuse: (request) => (request < 1 ? protocolError("UNKNOWN_PRODUCER_ID") : undefined),
  });
  await aPublisher(fake).send("t", [message("1")]);
  expect(fake.producers).toBe(2);
});

test("too large is halved until one message stands alone; that one becomes a dead letter", async () => {
  const tooLarge = (_: number, values: readonly string[]) =>
    values.includes("giant") ? protocolError("MESSAGE_TOO_LARGE") : undefined;
  const fake = fakeKafka({ refuse: tooLarge });
  await aPublisher(fake).send("t", ["1", "2", "giant", "3"].map(message));
  const accepted = fake.sent.filter(({ values }) => !values.includes("giant"));
  expect(accepted.map(({ topic }) => topic)).toEqual(["t", "umbra.dead-letter.v1", "t"]);
  expect(accepted.filter(({ topic }) => topic === "t").flatMap(({ values }) => values)).toEqual([
    "1",
    "2",
    "3",
  ]);
  expect(accepted[1]?.values[0]).toContain('"reason":"stream.too-large","bytes":5');
});

test("a dead letter that is itself refused ends there", async () => {
  const fake = fakeKafka({ refuse: () => protocolError("MESSAGE_TOO_LARGE") });
  await aPublisher(fake).send("t", [message("giant")]);
  expect(fake.sent.map(({ topic }) => topic)).toEqual(["t", "umbra.dead-letter.v1"]);
});

test("senders wait while too much is pending, and go on in order", async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const fake = fakeKafka();
  const producer = fake.kafka.producer();
  const slow = {
    ...fake.kafka,
    producer: () => ({ ...producer, send: (r: never) => gate.then(() => producer.send(r)) }),
  };
  const publisher = aPublisher({ ...fake, kafka: slow as never }, { maxPendingBytes: 100 });
  const sends = ["a", "b", "c"].map((letter) => publisher.send("t", [message(letter.repeat(90))]));
  await vi.waitFor(async () => expect((await metrics.pendingBytes.get()).values[0]?.value).toBe(123));
  release();
  await publisher.flush();
  await Promise.all(sends);
  expect(fake.sent.map(({ values }) => values[0]?.[0])).toEqual(["a", "b", "c"]);
});

test("close refuses later messages and gives up on a broker that stays away", async () => {
  const fake = fakeKafka({ refuse: () => new Error("connection refused") });
  const publisher = aPublisher(fake, { closeMs: 1 });
  const refused = publisher.send("t", [message("1")]).catch((failure: Error) => failure.message);
  await vi.waitFor(() => expect(fake.sent.length).toBeGreaterThan(0));
  await publisher.close();
  expect(await refused).toBe("the stream is closed");
  await expect(publisher.send("t", [message("2")])).rejects.toThrow("closed");
});
