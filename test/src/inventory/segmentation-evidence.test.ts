// Thin evidence is said, each kind in its sentence; good evidence says nothing.
import { expect, test } from "vitest";
import { segmentationPlan } from "../../../src/inventory/segmentation.ts";
import { NOON } from "../../support/builders.ts";
import { aCaller, aPlace, calledBy, DAY } from "../../support/callers.ts";

const place = aPlace({ name: "shop", addresses: ["10.1.0.0/16"] });
const options = {
  from: NOON - 90 * DAY,
  until: NOON + 20 * DAY,
  now: NOON + 20 * DAY,
  placeOf: (address: string) => (address.startsWith("10.1.") ? place : null),
};
const good = () => [aCaller("10.0.0.1"), aCaller("10.0.0.2")];
const warnings = (...endpoints: Parameters<typeof segmentationPlan>[1]) =>
  segmentationPlan("shop.test", endpoints, options).warnings;

test("two busy callers over ten days of a known workload need no warning", () => {
  expect(warnings(calledBy(good()))).toEqual([]);
});

test("nobody heard", () => {
  expect(warnings(calledBy([]))).toEqual([
    "No caller was heard in the evidence window: these rules would block everything.",
  ]);
});

test("a short look", () => {
  const brief = good().map((caller) => ({ ...caller, lastSeen: NOON + 2 * DAY }));
  expect(warnings(calledBy(brief))).toEqual([
    "Traffic covers 2 days: what runs weekly or monthly has not been seen.",
  ]);
  const moment = good().map((caller) => ({ ...caller, lastSeen: NOON }));
  expect(warnings(calledBy(moment))[0]).toMatch(/^Traffic covers less than a day/);
});

test("few requests, and a rare caller among others", () => {
  expect(
    warnings(calledBy([aCaller("10.0.0.1", { requests: 90 }), aCaller("10.0.0.2", { requests: 2 })])),
  ).toEqual([
    "Only 92 requests were heard: rare calls are probably missing.",
    "1 of 2 callers were heard rarely or on one day only: look at each before allowing it.",
  ]);
});

test("callers that were not kept apart", () => {
  const endpoint = calledBy(good());
  const { facts } = endpoint;
  const rest = { ...aCaller("*"), requests: 7 };
  const crowded = { ...endpoint, facts: facts && { ...facts, callers: { ...facts.callers, rest } } };
  expect(warnings(crowded)).toEqual([
    "7 requests came from callers beyond the number that is kept apart: they are not allowed here.",
  ]);
});

test("one address for everything, no port, no labels", () => {
  const servers: readonly string[] = [];
  const caller = aCaller("10.0.0.1", { requests: 500 });
  expect(warnings(calledBy([caller], { servers }), calledBy([caller], { servers, path: "/b" }))).toEqual([
    "All requests come from one address: if it is a proxy or load balancer, the callers behind it are not known.",
    "The traffic does not tell which port the service listens on (access logs carry none): rules are for all ports.",
    expect.stringContaining("the selector is a guess"),
  ]);
});
