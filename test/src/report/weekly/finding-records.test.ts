// One clock for findings: what was found after all traffic is dated by its evidence.
import { expect, test } from "vitest";
import { findingRecords } from "../../../../src/report/weekly/finding-records.ts";
import { aFrame, anEvent, aRow, DAY, MONDAY, WEEK_MS } from "../../../support/weekly.ts";

const HEARD_LAST = MONDAY + 3 * DAY;
const LATER = MONDAY + 20 * WEEK_MS;
const row = aRow({ firstSeen: MONDAY, lastSeen: MONDAY + 2 * DAY });
const events = [
  anEvent("auth-found", row, { at: MONDAY + 1, scheme: "none" }),
  anEvent("standing-changed", row, { at: MONDAY + DAY, from: "documented", to: "zombie" }),
];

function dated(rule: string, openedAt: number, closedAt: number | null = null) {
  const record = { rule, severity: "high", endpointId: row.id, text: "why", openedAt, closedAt } as const;
  const frame = aFrame({ rows: [row], events, findings: [record], heardLast: HEARD_LAST });
  return findingRecords(frame).map((one) => [one.openedAt, one.closedAt]);
}

test("what was found while traffic ran keeps its moment", () => {
  expect(dated("no-auth", MONDAY + 5)).toEqual([[MONDAY + 5, null]]);
  expect(dated("no-auth", MONDAY - WEEK_MS, MONDAY)).toEqual([[MONDAY - WEEK_MS, MONDAY]]);
});

test.each([
  ["no-auth", MONDAY + 1],
  ["zombie", MONDAY + DAY],
  ["drift.field-gone", MONDAY + 2 * DAY],
  ["policy.quiet", HEARD_LAST],
])("found in a recording, %s counts when its evidence was heard", (rule, at) => {
  expect(dated(rule, LATER, LATER + 1)).toEqual([[at, HEARD_LAST]]);
});

test("without records they are worked out, drift from what was heard last", () => {
  const finding = { rule: "drift.field-gone", severity: "high", endpointId: row.id, text: "why" } as const;
  const frame = aFrame({ rows: [{ ...row, findings: [finding], standing: "documented" }] });
  expect(findingRecords(frame).map(({ rule, openedAt }) => [rule, openedAt])).toEqual([
    ["drift.field-gone", MONDAY + 2 * DAY],
  ]);
});
