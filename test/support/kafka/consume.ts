// A consumer in a process of its own, to be killed: prints each batch it handled as a line, then waits a moment.
import { createLog } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createKafkaStream } from "../../../src/stream/kafka-stream.ts";

const [brokers = "", group = ""] = process.argv.slice(2);
const stream = await createKafkaStream({
  kafka: { brokers: brokers.split(","), tls: null, sasl: null },
  log: createLog("warn"),
  metrics: createMetrics(),
  group,
  sessionTimeoutMs: 2_000,
});
await stream.consume("umbra.sightings.v1", async ({ partition, messages }) => {
  const seen = messages.map(({ offset, key, value }) => [key, value.facts.requests, String(offset)]);
  process.stdout.write(`${JSON.stringify({ partition, seen })}\n`);
  // The kill comes at any moment around the commit.
  await new Promise((resolve) => setTimeout(resolve, 20));
});
