// Without a broker: a stream opens, delays instead of failing, and closes. The contract suite has the rest.
import { expect, test } from "vitest";
import { SILENT } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createKafkaStream } from "../../../src/stream/kafka-stream.ts";

test("nobody there: opening and consuming succeed, closing ends the tries", async () => {
  const stream = await createKafkaStream({
    kafka: { brokers: ["127.0.0.1:1"], tls: null, sasl: null },
    log: SILENT,
    metrics: createMetrics(),
    closeMs: 1,
  });
  const consumer = await stream.consume("umbra.sightings.v1", async () => {});
  await stream.flush();
  await consumer.stop();
  await stream.close();
  await expect(stream.publish("umbra.collector-health.v1", [])).rejects.toThrow("closed");
});
