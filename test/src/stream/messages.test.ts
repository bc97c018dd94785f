// Round trips of everything the model can hold, and refusals of everything else.
import { expect, test } from "vitest";
import * as fc from "fast-check";
import { FACT_CAPS } from "../../../src/model/facts.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import {
  decodeMessage,
  deadLetterSchema,
  encodeDeadLetter,
  encodeMessage,
} from "../../../src/stream/messages.ts";
import { someFacts } from "../../support/builders.ts";
import { aFacts } from "../model/arbitraries.ts";

const TOPIC = "umbra.sightings.v1";
const key = {
  authority: "shop.test",
  method: "GET",
  path: "/orders/{uuid}",
  declared: false,
  protocol: "http/1.1",
  style: "rest",
  operation: null,
} as const;
const bytes = (text: string): Uint8Array => Buffer.from(text);
const aSighting = (): Sighting => ({ key, facts: someFacts() });

test("any facts survive the trip, keys that hurt included", () => {
  fc.assert(
    fc.property(aFacts(FACT_CAPS), (facts) => {
      const value: Sighting = { key, facts };
      const encoded = encodeMessage<typeof TOPIC>({ key: "shop.test", value });
      const decoded = decodeMessage(TOPIC, bytes(encoded.key), encoded.value);
      expect(decoded.ok && JSON.stringify(decoded.value.value)).toBe(JSON.stringify(value));
    }),
    { numRuns: 60 },
  );
});

test("names from traffic find nothing that was not put there", () => {
  const facts = { ...someFacts(), schemes: JSON.parse('{"__proto__":3,"http":1}') as Record<string, number> };
  const { value } = encodeMessage<typeof TOPIC>({ key: "k", value: { key, facts } });
  const decoded = decodeMessage(TOPIC, bytes("k"), value);
  if (!decoded.ok) throw new Error(decoded.weird.name);
  const { schemes } = decoded.value.value.facts;
  expect(Object.entries(schemes)).toEqual([
    ["__proto__", 3],
    ["http", 1],
  ]);
  expect(schemes["constructor"]).toBeUndefined();
  expect(({} as Record<string, unknown>)["http"]).toBeUndefined();
});

test("a quoted __proto__ inside a string stays text", () => {
  const value: Sighting = { key: { ...key, path: '/x"__proto__": 1' }, facts: someFacts() };
  const decoded = decodeMessage(TOPIC, bytes("k"), encodeMessage<typeof TOPIC>({ key: "k", value }).value);
  expect(decoded.ok && decoded.value.value.key.path).toBe('/x"__proto__": 1');
});

test.each([
  ["no key", null, "{}", "stream.no-key"],
  ["empty key", "", "{}", "stream.no-key"],
  ["tombstone", "k", null, "stream.empty"],
  ["no JSON", "k", "{", "stream.not-json"],
  ["not UTF-8", "k", Uint8Array.of(0x22, 0xff, 0x22), "stream.not-json"],
  ["another shape", "k", '{"key":{}}', "stream.shape"],
  ["a list", "k", "[]", "stream.shape"],
  ["nested beyond any stack", "k", `${"[".repeat(200_000)}${"]".repeat(200_000)}`, "stream."],
  ["too large", "k", new Uint8Array(8 * 1_048_576 + 1), "stream.too-large"],
])("%s is refused", (_, k, value, reason) => {
  const raw = typeof value === "string" ? bytes(value) : value;
  const decoded = decodeMessage(TOPIC, k === null ? null : bytes(k), raw);
  expect(decoded.ok ? "read" : decoded.weird.name).toContain(reason);
});

test("a shape nested beyond the stack is refused, not thrown", () => {
  const depth = 20_000;
  const nested = `${'{"count":1,"array":{"count":1,"empty":0,"minLength":1,"maxLength":1,"items":'.repeat(depth)}{"count":1}${"}}".repeat(depth)}`;
  const body = { "application/json": { count: 1, shaped: 1, truncated: 0, unparsed: 0, shape: "HERE" } };
  const text = JSON.stringify({ ...aSighting(), facts: { ...someFacts(), requestBodies: body } });
  const decoded = decodeMessage(TOPIC, bytes("k"), bytes(text.replace('"HERE"', nested)));
  expect(decoded.ok).toBe(false);
});

test("random bytes never throw and are never a sighting", () => {
  const anything = fc.oneof(fc.uint8Array(), fc.json().map(bytes));
  fc.assert(
    fc.property(anything, (raw) => {
      expect(decodeMessage(TOPIC, bytes("k"), raw).ok).toBe(false);
    }),
  );
});

test("fields nobody knows do not pass", () => {
  const text = JSON.stringify({ ...aSighting(), secret: "hunter2" });
  const decoded = decodeMessage(TOPIC, bytes("k"), bytes(text));
  expect(decoded.ok).toBe(true);
  expect(JSON.stringify(decoded)).not.toContain("hunter2");
});

test("a dead letter says where and why, not what", () => {
  const value = bytes("card 4111111111111111");
  const facts = {
    topic: TOPIC,
    partition: 3,
    offset: 9_007_199_254_740_993n,
    reason: "stream.not-json",
    value,
  };
  const secret = new Uint8Array(32);
  const encoded = encodeDeadLetter(facts, secret);
  const letter = deadLetterSchema.parse(JSON.parse(encoded.value.toString()));
  expect(letter).toEqual({
    topic: TOPIC,
    partition: 3,
    offset: "9007199254740993",
    reason: "stream.not-json",
    bytes: 21,
    hash: encoded.key,
  });
  expect(encoded.value.toString()).not.toContain("4111");
  expect(encodeDeadLetter(facts, new Uint8Array(32).fill(1)).key).not.toBe(encoded.key);
});
