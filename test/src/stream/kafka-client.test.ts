// Settings become the library's configuration; its talk becomes debug lines.
import { expect, test } from "vitest";
import { SILENT, createLog } from "../../../src/ops/log.ts";
import { ensureTopics, kafkaClient } from "../../../src/stream/kafka-client.ts";
import { fakeKafka } from "../../support/kafka/fake-kafka.ts";

const nobody = { brokers: ["127.0.0.1:1"], tls: null, sasl: null };

test("only missing topics are made, and none when all are there", async () => {
  const bare = fakeKafka();
  await ensureTopics(bare.kafka);
  expect(bare.made).toEqual([
    "umbra.sightings.v1",
    "umbra.collector-health.v1",
    "umbra.inventory-events.v1",
    "umbra.dead-letter.v1",
  ]);
  const full = fakeKafka({ topics: bare.made });
  await ensureTopics(full.kafka);
  expect(full.made).toEqual([]);
});

test("a certificate file that is not there stops the start", async () => {
  await expect(kafkaClient({ ...nobody, tls: { ca: "/nowhere/ca.pem" } }, SILENT)).rejects.toThrow(
    "/nowhere/ca.pem",
  );
});

test("a broker that does not answer rejects, and the library's lines are debug lines", async () => {
  const lines: string[] = [];
  const log = createLog("debug", { write: (line) => void lines.push(line) });
  const admin = (await kafkaClient(nobody, log)).admin();
  await expect(admin.connect()).rejects.toThrow(/ECONNREFUSED/);
  const levels = lines.map((line) => (JSON.parse(line) as { level: string }).level);
  expect(levels.length).toBeGreaterThan(0);
  expect(new Set(levels)).toEqual(new Set(["debug"]));
});
