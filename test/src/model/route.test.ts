// Evidence of routes joins in any order; texts of keys tell keys apart.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RouteEvidence, RouteKey } from "../../../src/model/route.ts";
import { joinEvidence, routeKeyText, routeText } from "../../../src/model/route.ts";

const hashes = fc
  .uniqueArray(fc.nat({ max: 1000 }), { maxLength: 40 })
  .map((list) => list.sort((a, b) => a - b));
const counters = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer({ min: 1, max: 9 }));
const evidence: fc.Arbitrary<RouteEvidence> = fc.record({
  requests: fc.nat(),
  firstSeen: fc.nat(),
  lastSeen: fc.nat(),
  protocol: fc.constantFrom("unknown", "http/1.1", "h2", "grpc"),
  statuses: counters,
  callers: hashes.map((list) => list.slice(0, 16)),
  authenticated: fc.nat(),
  answers: counters,
  keys: hashes.map((list) => list.slice(0, 32)),
  listed: fc.nat(),
  pages: counters,
  segments: fc.array(fc.option(fc.nat({ max: 3 })), { minLength: 2, maxLength: 2 }),
});
const key: fc.Arbitrary<RouteKey> = fc.record({
  method: fc.string({ maxLength: 3 }),
  path: fc.string({ maxLength: 3 }),
  declared: fc.boolean(),
  style: fc.constantFrom("rest", "grpc"),
  operation: fc.option(fc.string({ maxLength: 3 })),
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("evidence commutes and associates", () => {
  fc.assert(
    fc.property(evidence, evidence, evidence, (a, b, c) => {
      expect(plain(joinEvidence(a, b))).toEqual(plain(joinEvidence(b, a)));
      expect(plain(joinEvidence(joinEvidence(a, b), c))).toEqual(plain(joinEvidence(a, joinEvidence(b, c))));
    }),
  );
});

test("texts are equal for equal keys alone", () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(routeKeyText(a) === routeKeyText(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
  const same = { method: "GET", path: "/a", declared: false, style: "rest", operation: null } as const;
  expect(routeText({ kind: "good", key: same })).not.toBe(routeText({ kind: "bad", key: same }));
});
