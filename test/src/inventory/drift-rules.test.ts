import { expect, test } from "vitest";
import { findingsOf } from "../../../src/inventory/findings.ts";
import { aHistory } from "./a-history.ts";
import { anEndpoint, someFacts } from "./an-endpoint.ts";

const usual = [0, 1, 2].map((day) => ({ day, got: { id: 1, x: 1, y: 1 } }));
const drifting = (over = {}) =>
  anEndpoint({
    standing: "documented",
    facts: { ...someFacts(), history: aHistory(...usual, { day: 3 }) },
    ...over,
  });

test("a change is a finding of its kind, with where and how much", () => {
  const [finding, ...others] = findingsOf([drifting()]).filter(({ rule }) => rule.startsWith("drift."));
  expect(finding).toMatchObject({ rule: "drift.field-gone", severity: "high" });
  expect(finding?.text).toMatch(/response\.body x: in none of 100 answers, in 100 % before/);
  expect(others).toEqual([]);
});

test("noise does not drift", () => {
  expect(
    findingsOf([drifting({ confidence: "noise" })]).filter(({ rule }) => rule.startsWith("drift.")),
  ).toEqual([]);
});
