// Facts as people read them: every fact finds its row, in an order that no store changes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { factsJson, factsSchema } from "../../../src/api/facts-json.ts";
import { boundedOf } from "../../../src/model/bounded.ts";
import { boundsOf, FACT_CAPS, joinFacts } from "../../../src/model/facts.ts";
import { addToHistogram, emptyHistogram } from "../../../src/model/sketch.ts";
import { aFacts } from "../model/arbitraries.ts";
import { aDataClass, someFacts } from "./an-inventory.ts";

test("facts read as rows", () => {
  expect(factsJson(someFacts({ dataClasses: aDataClass(), flags: { gap: 2 } }))).toEqual({
    requests: 5,
    digested: 5,
    first_seen: "2026-07-01T09:30:00.000Z",
    last_seen: "2026-07-01T09:30:00.000Z",
    rests_on: [{ source: "mirror", requests: 5 }],
    schemes: [{ scheme: "http", requests: 5 }],
    responses: [
      {
        status: "200",
        count: 5,
        bodies: [{ media_type: "application/json", count: 5, shaped: 5, truncated: 0, unparsed: 0 }],
        headers: { items: [{ name: "content-type", exchanges: 5 }], left_out: 0 },
      },
    ],
    request_bodies: [],
    query: { items: [], left_out: 0 },
    request_headers: { items: [{ name: "accept", exchanges: 5 }], left_out: 0 },
    cookies: { items: [], left_out: 0 },
    auth: {
      items: [{ scheme: "bearer-jwt", name: "authorization", requests: 5, successes: 4 }],
      left_out: 0,
    },
    data_classes: {
      items: [{ data_class: "email", place: "response.body", field: "user.email", exchanges: 3 }],
      left_out: 0,
    },
    callers: {
      items: [
        {
          address: "10.0.0.9",
          agent: "okhttp",
          requests: 5,
          first_seen: "2026-07-01T09:30:00.000Z",
          last_seen: "2026-07-01T09:30:00.000Z",
        },
      ],
      left_out: 0,
    },
    distinct_callers: 1,
    servers: { items: [{ server: "10.0.0.1:80", requests: 5 }], left_out: 0 },
    declared: { items: [], left_out: 0, contradictory: false },
    latency_ms: { p50: 11.6, p95: 11.6, p99: 11.6 },
    request_bytes: null,
    response_bytes: null,
    flags: [{ flag: "gap", exchanges: 2 }],
  });
});

test("what the bounds left out is counted", () => {
  const cookies = boundedOf(
    [..."abc"].map((name) => [name, 2] as const),
    { ...boundsOf(FACT_CAPS).cookies, cap: 1 },
  );
  const { items, left_out } = factsJson(someFacts({ cookies })).cookies;
  expect(items).toHaveLength(1);
  expect(left_out).toBe(4);
});

test("percentiles are within five per cent", () => {
  let latency = emptyHistogram();
  for (let ms = 1; ms <= 100; ms += 1) latency = addToHistogram(latency, ms);
  const { p50, p95 } = factsJson(someFacts({ latency })).latency_ms ?? { p50: 0, p95: 0 };
  expect(Math.abs(p50 - 50)).toBeLessThan(3);
  expect(Math.abs(p95 - 95)).toBeLessThan(5.5);
});

test("all facts fit the schema, and the order they were kept in does not show", () => {
  fc.assert(
    fc.property(aFacts(FACT_CAPS), aFacts(FACT_CAPS), (a, b) => {
      const json = factsJson(joinFacts(a, b));
      expect(factsSchema.parse(json)).toEqual(json);
      expect(JSON.stringify(factsJson(reversed(joinFacts(b, a))))).toBe(JSON.stringify(json));
    }),
  );
});

/** The same facts with the keys of every object the other way round, as another store may give them back. */
function reversed<T>(value: T): T {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reversed<unknown>(inner)] as const);
  return Object.fromEntries(entries.reverse()) as T;
}
