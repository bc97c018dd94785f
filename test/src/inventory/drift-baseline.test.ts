// Two captures side by side: what changed at endpoints of both, which came and which went.
import { describe, expect, test } from "vitest";
import { joinFacts } from "../../../src/model/facts.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { BASELINE_RULES, comparedWith } from "../../../src/inventory/drift-baseline.ts";
import { findingRuleIds, findingsOf } from "../../../src/inventory/findings.ts";
import type { Times } from "./a-history.ts";
import { factsOf } from "./a-history.ts";
import { anEndpoint } from "./an-endpoint.ts";

function heard(path: string, times: Partial<Times> = {}): Endpoint {
  const facts = factsOf({ day: 20_000, count: 300, ...times }).reduce((a, b) => joinFacts(a, b));
  return anEndpoint({ method: "POST", path, facts });
}

function rulesOf(now: readonly Endpoint[], past: readonly Endpoint[]): readonly string[] {
  const { endpoints, findings } = comparedWith(now, past);
  return [...findingsOf(endpoints), ...findings]
    .map(({ rule }) => rule)
    .filter((rule) => rule.startsWith("drift."));
}

describe("an endpoint of both", () => {
  const past = heard("/orders", { got: { id: 1, email: "a" } });
  test("did not change", () => {
    expect(rulesOf([heard("/orders", { got: { id: 2, email: "b" }, day: 20_001 })], [past])).toEqual([]);
  });
  test("changed, on the same day even", () => {
    expect([...rulesOf([heard("/orders", { got: { id: "a" } })], [past])].sort()).toEqual([
      "drift.field-gone",
      "drift.kind-new",
    ]);
  });
  test("is not judged by too short a past", () => {
    const short = heard("/orders", { got: { id: 1, email: "a" }, count: 150 });
    expect(rulesOf([heard("/orders", { got: { id: "a" } })], [short])).toEqual([]);
  });
  test("says new words of its enumerations", () => {
    const open = heard("/orders", { got: { status: "active" } });
    const now = heard("/orders", { got: { status: "pending" } });
    expect(rulesOf([now], [open])).toEqual(["drift.value-new"]);
    expect(rulesOf([open], [open])).toEqual([]);
  });
});

describe("templates that were decided otherwise", () => {
  test.each([
    ["/orders/seven", "/orders/{id}"],
    ["/orders/{id}", "/orders/seven"],
  ])("%s was %s", (now, then) => {
    expect(rulesOf([heard(now, { got: { id: "a" } })], [heard(then)])).toEqual(["drift.kind-new"]);
  });
});

describe("endpoints that came or went", () => {
  const both = heard("/orders");
  test("are told", () => {
    const { findings } = comparedWith(
      [both, heard("/new", { count: 30 })],
      [both, heard("/old", { count: 30 })],
    );
    expect(findings.map(({ rule, text }) => [rule, text])).toEqual([
      ["drift.endpoint-new", "30 of 330 requests, in none of 330 of the baseline"],
      ["drift.endpoint-gone", "POST shop.test/old: 30 of 330 requests of the baseline, in none of 330"],
    ]);
  });
  test("are not, when chance may be why", () => {
    expect(rulesOf([both, heard("/new", { count: 3 })], [both, heard("/old", { count: 3 })])).toEqual([]);
    expect(rulesOf([heard("/new")], [])).toEqual([]);
  });
});

test("their rules are known", () => {
  for (const { id } of BASELINE_RULES) expect(findingRuleIds).toContain(id);
});
