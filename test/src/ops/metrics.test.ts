// One registry per process part, so tests and embedded roles do not count into each other.
import { expect, test } from "vitest";
import { createMetrics } from "../../../src/ops/metrics.ts";

test("counts appear in the exposition under their names", async () => {
  const metrics = createMetrics();
  metrics.published.inc({ topic: "umbra.sightings.v1" }, 3);
  const text = await metrics.text();
  expect(text).toContain('umbra_stream_published_total{topic="umbra.sightings.v1"} 3');
  expect(metrics.contentType).toContain("text/plain");
});

test("two registries are apart", async () => {
  createMetrics().weirds.inc({ weird: "tcp.gap" });
  expect(await createMetrics().text()).not.toContain("tcp.gap");
});

test("every name is ours and has a help line", async () => {
  const text = await createMetrics().text();
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !name?.startsWith("umbra_"))).toEqual([]);
});

test("facts about the process only when asked for", async () => {
  expect(await createMetrics({ process: true }).text()).toContain("process_cpu_seconds_total");
});
