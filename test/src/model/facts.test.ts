import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../src/model/canonical.ts";
import { emptyFacts, FACT_CAPS, joinFacts, sightingKeyText } from "../../../src/model/facts.ts";
import type { Facts, SightingKey } from "../../../src/model/sighting.ts";
import { aFacts, joinAnyhow, picks } from "./arbitraries.ts";

const cap = fc.integer({ min: 1, max: 4 });
const caps = fc.record({
  query: cap,
  headers: cap,
  cookies: cap,
  auth: cap,
  dataClasses: cap,
  callers: cap,
  servers: cap,
  mediaTypes: cap,
});

test("any order, any tree, any caps: same bytes", () => {
  const trial = caps.chain((caps) =>
    fc.tuple(fc.constant(caps), fc.array(aFacts(caps), { minLength: 1, maxLength: 10 }), picks),
  );
  fc.assert(
    fc.property(trial, ([caps, seen, picks]) => {
      const join = (a: Facts, b: Facts): Facts => joinFacts(a, b, caps);
      expect(canonicalJson(joinAnyhow(seen, join, picks))).toBe(canonicalJson(seen.reduce(join)));
    }),
    { numRuns: 60 },
  );
});

test("joining after a trip through JSON gives the same bytes", () => {
  fc.assert(
    fc.property(aFacts(FACT_CAPS), aFacts(FACT_CAPS), (a, b) => {
      const travelled = (facts: Facts): Facts => JSON.parse(JSON.stringify(facts)) as Facts;
      expect(canonicalJson(joinFacts(travelled(a), travelled(b)))).toBe(canonicalJson(joinFacts(a, b)));
    }),
    { numRuns: 60 },
  );
});

test("facts of nothing add nothing but their time", () => {
  fc.assert(
    fc.property(aFacts(FACT_CAPS), (facts) => {
      expect(canonicalJson(joinFacts(emptyFacts(facts.firstSeen), facts))).toBe(canonicalJson(facts));
    }),
    { numRuns: 60 },
  );
});

test("different keys have different texts", () => {
  const key: SightingKey = {
    authority: "a",
    method: "GET",
    path: "/",
    declared: false,
    protocol: "http/1.1",
    style: "rest",
    operation: null,
  };
  const others: SightingKey[] = [
    key,
    { ...key, authority: 'a","GET' },
    { ...key, method: "get" },
    { ...key, declared: true },
    { ...key, operation: "null" },
    { ...key, style: "grpc" },
  ];
  expect(new Set(others.map(sightingKeyText)).size).toBe(others.length);
});
