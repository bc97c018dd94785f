// Counts come from routes; what was learned stays.
import { expect, test } from "vitest";
import { factsFrom, isExact, sumOf, withCounts } from "../../../src/inventory/exact.ts";
import type { RouteEvidence } from "../../../src/model/route.ts";
import { someFacts } from "./an-endpoint.ts";

const facts = someFacts({ at: 1, statuses: { 200: 3, 404: 1 }, responseType: "application/json" });
const counts = {
  requests: 4,
  firstSeen: facts.firstSeen,
  lastSeen: facts.lastSeen,
  statuses: { 200: 3, 404: 1 },
};

test("exact facts stay the same object", () => {
  expect(isExact(facts, counts)).toBe(true);
  expect(withCounts(facts, counts)).toBe(facts);
});

test.each([
  ["requests", { requests: 5 }],
  ["first sight", { firstSeen: -1 }],
  ["last sight", { lastSeen: 9e15 }],
  ["a count", { statuses: { 200: 2, 404: 1 } }],
  ["a status more", { statuses: { 200: 3, 404: 1, 500: 1 } }],
  ["a status less", { statuses: { 200: 3 } }],
] as const)("%s makes the difference", (_what, over) => {
  expect(isExact(facts, { ...counts, ...over })).toBe(false);
  expect(isExact(withCounts(facts, { ...counts, ...over }), { ...counts, ...over })).toBe(true);
});

test("fewer requests leave bodies and headers as they were learned", () => {
  const less = withCounts(facts, { ...counts, requests: 1, statuses: { 200: 1, 500: 0 } });
  expect(less.responses["200"]?.bodies).toBe(facts.responses["200"]?.bodies);
  expect(less.responses["404"]).toBeUndefined();
  expect(less.responses["500"]).toMatchObject({ count: 0, bodies: {} });
  expect(less.digested).toBeLessThanOrEqual(1);
});

test("sums have the counts of all", () => {
  const other = { requests: 2, firstSeen: 0, lastSeen: 7, statuses: { 200: 1, 301: 1 } };
  expect(sumOf([counts, other])).toEqual({
    requests: 6,
    firstSeen: Math.min(0, counts.firstSeen),
    lastSeen: Math.max(7, counts.lastSeen),
    statuses: { 200: 4, 301: 1, 404: 1 },
  });
});

test("an endpoint known by its routes alone has counts and callers, and no bodies", () => {
  const evidence = { ...counts, callers: [3, 9] } as unknown as RouteEvidence;
  expect(factsFrom(evidence)).toMatchObject({ requests: 4, distinctCallers: [3, 9], requestBodies: {} });
});
