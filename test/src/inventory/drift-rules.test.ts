import { expect, test } from "vitest";
import { findingsOf } from "../../../src/inventory/findings.ts";
import { silenceIn } from "../../../src/inventory/drift-rules.ts";
import { aHistory, DAY } from "./a-history.ts";
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

test("an endpoint that was just split off is only being learned", () => {
  const at = drifting().facts?.lastSeen ?? 0;
  const driftAfter = (days: number) =>
    findingsOf([drifting({ carved: { from: "ep_a", at: at - days * DAY, requests: 1 } })]).filter(
      ({ rule }) => rule.startsWith("drift."),
    );
  expect(driftAfter(0.9)).toEqual([]);
  expect(driftAfter(1)).toHaveLength(1);
});

test("silence is told of what was busy, while its service is heard", () => {
  const busy = Array.from({ length: 14 }, (_, day) => ({ day, count: 50 }));
  const facts = { ...someFacts(), lastSeen: 13.9 * DAY, history: aHistory(...busy) };
  const endpoint = anEndpoint({ facts });
  expect(silenceIn(endpoint, 17 * DAY)).toMatch(/^no request for 3 days, \d+ were to be expected$/);
  expect(silenceIn(endpoint, 14 * DAY)).toBeNull();
  expect(silenceIn({ ...endpoint, confidence: "candidate" }, 17 * DAY)).toBeNull();
});
