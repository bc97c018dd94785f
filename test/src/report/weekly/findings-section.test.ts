// Findings: opened, closed, standing, and how old; from records or worked out.
import { expect, test } from "vitest";
import { findingsSection } from "../../../../src/report/weekly/findings-section.ts";
import { aFrame, anEvent, aRow, DAY, MONDAY, WEEK_MS } from "../../../support/weekly.ts";

const LAST_MONTH = MONDAY - 4 * WEEK_MS;
const key = { auth: [{ scheme: "api-key-query", name: "key", requests: 1, successes: 1 }] } as const;

test("worked out from rows and events", () => {
  const documented = aRow({ path: "/a", standing: "documented", firstSeen: LAST_MONTH });
  const leaky = aRow({ path: "/b", standing: "documented", firstSeen: LAST_MONTH, facts: key });
  const rows = [documented, leaky, aRow({ path: "/c" }), aRow({ path: "/d", firstSeen: LAST_MONTH })];
  const events = [
    anEvent("standing-changed", documented, { at: MONDAY + DAY, from: "shadow", to: "documented" }),
    anEvent("auth-found", leaky, { at: MONDAY + 2 * DAY, scheme: "api-key-query" }),
  ];
  const section = findingsSection(aFrame({ rows, events }));
  expect([section.open, section.opened, section.closed]).toEqual([3, 2, 1]);
  expect(section.by_rule).toEqual([
    { rule: "key-in-url", severity: "medium", open: 1, opened: 1, closed: 0 },
    { rule: "shadow", severity: "medium", open: 2, opened: 1, closed: 1 },
  ]);
  // Shadow endpoints stand in a list of their own.
  expect(section.items.map(({ path, rule }) => [path, rule])).toEqual([["/b", "key-in-url"]]);
  // 5, 6 and 35 days.
  expect(section.mean_age_days).toBe(15.3);
});

test("records go before what can be worked out", () => {
  const row = aRow({ facts: key });
  const record = {
    rule: "bola",
    severity: "high",
    endpointId: row.id,
    text: "why",
    openedAt: MONDAY,
    closedAt: null,
  } as const;
  const findings = [
    record,
    { ...record, openedAt: MONDAY + WEEK_MS },
    { ...record, openedAt: LAST_MONTH, closedAt: MONDAY + 1 },
    { ...record, openedAt: LAST_MONTH, closedAt: LAST_MONTH + 1 },
    { ...record, endpointId: "ep_elsewhere" },
  ];
  const section = findingsSection(aFrame({ rows: [row], findings }));
  expect([section.open, section.opened, section.closed, section.mean_age_days]).toEqual([1, 1, 1, 7]);
  expect(section.items).toHaveLength(1);
  const brief = { ...record, closedAt: MONDAY + DAY };
  const after = findingsSection(aFrame({ rows: [row], findings: [brief] }));
  expect([after.opened, after.closed, after.items]).toEqual([1, 1, []]);
});

test("nothing open has no age", () => {
  expect(findingsSection(aFrame()).mean_age_days).toBeNull();
});
