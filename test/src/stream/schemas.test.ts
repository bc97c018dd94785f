// The schemas are published as JSON Schema: the files must say what the code checks.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { deadLetterSchema } from "../../../src/stream/messages.ts";
import { newsSchema } from "../../../src/stream/news-schema.ts";
import { healthSchema, shapeSchema, sightingSchema } from "../../../src/stream/schemas.ts";
import { DEAD_LETTER_TOPIC } from "../../../src/stream/topics.ts";

const published = [
  ["umbra.sightings.v1", "What one or more like exchanges told, without any value.", sightingSchema],
  ["umbra.collector-health.v1", "What a collector could and could not hear.", healthSchema],
  ["umbra.inventory-events.v1", "Findings as they open, get worse and resolve.", newsSchema],
  [DEAD_LETTER_TOPIC, "What remains of a message that could not be read or carried.", deadLetterSchema],
] as const;

test.each(published)("docs/messages/%s.schema.json is what the code checks", (topic, description, schema) => {
  const file = new URL(`../../../docs/messages/${topic}.schema.json`, import.meta.url);
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input" });
  const wanted = JSON.parse(JSON.stringify({ $schema, title: topic, description, ...rest })) as unknown;
  if (process.env["UMBRA_WRITE_DOCS"] === "1") {
    mkdirSync(new URL(".", file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(wanted, null, 2)}\n`);
  }
  expect(
    JSON.parse(readFileSync(file, "utf8")),
    "write it anew: UMBRA_WRITE_DOCS=1 npx vitest run --project unit test/src/stream/schemas.test.ts && npm run format:write",
  ).toEqual(wanted);
});

test.each([
  ["a negative count", { count: -1 }],
  ["a fraction", { count: 0.5 }],
  ["a width nobody knows", { count: 1, number: { count: 1, integer: true, fits: "int8", decimals: 0 } }],
  ["any: false", { count: 1, any: false }],
  ["a list for fields", { count: 1, object: { count: 1, fields: [] } }],
])("a shape with %s is refused", (_, shape) => {
  expect(shapeSchema.safeParse(shape).success).toBe(false);
});

test("shapes nest", () => {
  const leaf = { count: 1, nulls: 1 };
  const array = { count: 1, array: { count: 1, empty: 0, minLength: 1, maxLength: 1, items: leaf } };
  const shape = { count: 1, object: { count: 1, fields: { kept: { tags: array }, tau: 7, rest: leaf } } };
  expect(shapeSchema.parse(shape)).toEqual(shape);
});
