// Topics are a stable contract: other tools subscribe to them by name.
import { expect, test } from "vitest";
import { DEAD_LETTER_TOPIC, TOPICS, schemaOf } from "../../../src/stream/topics.ts";
import { healthSchema } from "../../../src/stream/schemas.ts";

test("names carry their version, partitions are what was documented", () => {
  expect(Object.entries(TOPICS).map(([name, { partitions }]) => `${name} ${partitions}`)).toEqual([
    "umbra.sightings.v1 12",
    "umbra.collector-health.v1 1",
    "umbra.inventory-events.v1 12",
  ]);
  expect(DEAD_LETTER_TOPIC).toBe("umbra.dead-letter.v1");
});

test("each topic has its own check", () => {
  expect(schemaOf("umbra.collector-health.v1")).toBe(healthSchema);
});
