// Late: of the week before, and unknown to its closed report.
import { expect, test } from "vitest";
import { lateNews } from "../../../../src/report/weekly/late.ts";
import { aFrame, anEvent, aRow, DAY, MONDAY, WEEK_MS } from "../../../support/weekly.ts";

const row = aRow();
const events = [
  anEvent("endpoint-discovered", row, { at: MONDAY - DAY, standing: "shadow" }),
  anEvent("status-found", row, { at: MONDAY - 1, status: "500" }),
  anEvent("auth-found", row, { at: MONDAY, scheme: "none" }),
  anEvent("auth-found", row, { at: MONDAY - WEEK_MS - 1, scheme: "none" }),
];

test("what the closed report did not know is named, once", () => {
  const knownBefore = new Set([events[1]?.id ?? ""]);
  expect(lateNews(aFrame({ rows: [row], events, knownBefore })).map(({ text, at }) => [text, at])).toEqual([
    ["first heard, shadow", "2026-11-15T00:00:00.000Z"],
  ]);
});

test("without a closed report nothing is late", () => {
  expect(lateNews(aFrame({ rows: [row], events, knownBefore: null }))).toEqual([]);
});
