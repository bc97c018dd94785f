// The index finds rows by identity, keeps count, and hands itself on without changing what others hold.
import { describe, expect, test } from "vitest";
import { leaveIndex, ServiceIndex, takeIndex } from "../../../src/app/service-index.ts";
import { LIMITS } from "../../../src/inventory/limits.ts";
import { identityKey } from "../../../src/model/identity.ts";
import type { ServiceState } from "../../../src/model/inventory.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { anEndpoint, someFacts } from "../inventory/an-endpoint.ts";

const matcher = createMatcher([]);
const one = anEndpoint({ path: "/a" });
const two = anEndpoint({ path: "/b" });
const stateOf = (index: ServiceIndex): ServiceState => ({ service: null, endpoints: index.snapshot() });

test("put, find, remove", () => {
  const index = new ServiceIndex([one], LIMITS, matcher);
  const known = stateOf(index);
  index.put(two);
  const moved = { ...one, path: "/c" };
  index.put(moved);
  expect(index.find(identityKey(one))).toBeNull();
  expect(index.find(identityKey(moved))).toBe(moved);
  expect(index.changed()).toEqual([two, moved]);
  index.remove(two);
  index.remove(moved);
  expect(index.changed()).toEqual([]);
  expect(index.removedFrom(known)).toEqual([one.id]);
  expect(known.endpoints.get(one.id)).toBe(one);
});

test("limits are kept by folding, and what was folded counts as removed", () => {
  const noise = [one, two].map((row) => ({
    ...row,
    confidence: "noise" as const,
    facts: someFacts({ statuses: { 404: 1 } }),
  }));
  const index = new ServiceIndex(noise, { ...LIMITS, noise: 1 }, matcher);
  const known = stateOf(index);
  index.limit();
  expect(index.ids()).toHaveLength(2);
  expect(index.removedFrom(known)).toHaveLength(1);
  expect(index.changed()).toMatchObject([{ path: "/{*}", method: "*" }]);
});

describe("handing on", () => {
  test("an index serves the next batch once", () => {
    const index = new ServiceIndex([one], LIMITS, matcher);
    const state = stateOf(index);
    leaveIndex(state, index);
    expect(takeIndex(state, { limits: LIMITS, matcher })).toEqual({ index, regrouped: true });
    expect(takeIndex(state, { limits: LIMITS, matcher }).index).not.toBe(index);
  });
  test("other documents or limits want another one", () => {
    for (const wanted of [
      { limits: { ...LIMITS, noise: 1 }, matcher },
      { limits: LIMITS, matcher: createMatcher([]) },
    ]) {
      const index = new ServiceIndex([one], LIMITS, matcher);
      const state = stateOf(index);
      leaveIndex(state, index);
      expect(takeIndex(state, wanted).regrouped).toBe(false);
    }
  });
});
