// Rules from what was heard, and what they would have blocked.
import { describe, expect, test } from "vitest";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import type { PlanOptions } from "../../../src/inventory/segmentation.ts";
import { peerKey, segmentationPlan } from "../../../src/inventory/segmentation.ts";
import { NOON } from "../../support/builders.ts";
import { aCaller, aPlace, calledBy, DAY, NOWHERE } from "../../support/callers.ts";

const OPTIONS = { from: NOON - 90 * DAY, until: NOON + 20 * DAY, now: NOON + 20 * DAY, placeOf: NOWHERE };

function plan(endpoints: Parameters<typeof segmentationPlan>[1], given: Partial<PlanOptions> = {}) {
  return segmentationPlan("shop.test", endpoints, { ...OPTIONS, ...given });
}

test("a caller may call what it was heard calling, and nothing else", () => {
  const { rules, blocked } = plan([
    calledBy([aCaller("10.0.0.1"), aCaller("10.0.0.2", { requests: 500 })], { path: "/orders/{orderId}" }),
    calledBy([aCaller("10.0.0.2")], { path: "/orders", method: "POST" }),
  ]);
  expect(
    rules.map((rule) => [
      peerKey(rule.peer),
      rule.requests,
      rule.operations.map(({ method, path }) => `${method} ${path}`),
    ]),
  ).toEqual([
    ["address 10.0.0.2/32", 550, ["POST /orders", "GET /orders/{orderId}"]],
    ["address 10.0.0.1/32", 50, ["GET /orders/{orderId}"]],
  ]);
  expect(rules[0]?.operations.map(({ requests }) => requests)).toEqual([50, 500]);
  expect(blocked).toEqual([]);
});

test("addresses of one workload are one rule", () => {
  const placeOf = createPlaceFinder([aPlace({ name: "checkout" })]);
  const { rules } = plan([calledBy([aCaller("10.0.3.1"), aCaller("10.0.3.2")])], { placeOf });
  expect(rules.map((rule) => [peerKey(rule.peer), rule.requests])).toEqual([["workload checkout", 100]]);
});

test("IPv6 addresses are their own networks", () => {
  expect(plan([calledBy([aCaller("fd00::7")])]).rules.map(({ peer }) => peerKey(peer))).toEqual([
    "address fd00::7/128",
  ]);
});

describe("what gives no rule would have been blocked, and says why", () => {
  const late = aCaller("10.0.0.3", { firstSeen: NOON + 6 * DAY });
  const endpoints = [
    calledBy([
      aCaller("10.0.0.1"),
      late,
      aCaller("proxy.test"),
      aCaller("10.0.0.4", { lastSeen: NOON - 40 * DAY }),
    ]),
    calledBy([aCaller("10.0.0.1")], { path: "/.env", confidence: "noise" }),
  ];
  const { blocked, rules } = plan(endpoints, { until: NOON + 5 * DAY });
  test("with its reason, in order of weight", () => {
    expect(blocked.map(({ caller, path, reason }) => [caller, path, reason])).toEqual([
      ["10.0.0.1", "/.env", "only a probe: nothing answered there"],
      ["10.0.0.3", "/orders/{orderId}", "first heard after the evidence ended"],
      ["proxy.test", "/orders/{orderId}", "the caller's address is not known"],
    ]);
  });
  test("and whether rules for addresses alone would let it pass", () => {
    expect(blocked.map(({ addressAllowed }) => addressAllowed)).toEqual([true, false, false]);
  });
  test("what was silent for 30 days is blocked in silence", () => {
    expect(rules.map(({ peer }) => peerKey(peer))).toEqual(["address 10.0.0.1/32", "address 10.0.0.4/32"]);
    const strict = plan(endpoints, { from: NOON - DAY });
    expect(strict.blocked.some(({ caller }) => caller === "10.0.0.4")).toBe(false);
    expect(strict.rules.some(({ peer }) => peerKey(peer).includes("10.0.0.4"))).toBe(false);
  });
});

test.each([
  [{ requests: 9 }, true],
  [{ requests: 10 }, false],
  [{ lastSeen: NOON + DAY - 1 }, true],
  [{ lastSeen: NOON + DAY }, false],
])("%j is thin: %s", (given, thin) => {
  expect(plan([calledBy([aCaller("10.0.0.1", given)])]).rules[0]?.thin).toBe(thin);
});

test("paths are visible unless all of it is encrypted", () => {
  const of = (schemes: Record<string, number>) => plan([calledBy([], { facts: { schemes } })]).cleartext;
  expect([of({ https: 3 }), of({ https: 3, http: 1 }), of({ unknown: 1 }), of({})]).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

test("a service nobody called has no rules", () => {
  expect(plan([])).toMatchObject({ rules: [], blocked: [], target: { ports: [] } });
});
