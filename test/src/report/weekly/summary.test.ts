// The executive paragraph: whole, for a full week, an empty one and an empty inventory.
import { expect, test } from "vitest";
import { NO_AI } from "../../../../src/model/inventory.ts";
import { summaryOf } from "../../../../src/report/weekly/summary.ts";
import { weeklyReport } from "../../../../src/report/weekly/weekly-report.ts";
import type { WeeklyInputs } from "../../../../src/report/weekly/input.ts";
import {
  aCaller,
  aFrame,
  anEvent,
  aRow,
  inputsOf,
  MONDAY,
  OPTIONS,
  WEEK_MS,
} from "../../../support/weekly.ts";

function summary(given: Partial<WeeklyInputs>): readonly string[] {
  const report = weeklyReport(inputsOf(given), OPTIONS);
  if (report === null) throw new Error("the week exists");
  expect(summaryOf(report, aFrame(given))).toEqual(report.summary);
  return report.summary;
}

const LAST_MONTH = MONDAY - 4 * WEEK_MS;

test("a full week", () => {
  const weak = aRow({ path: "/weak", standing: "documented", firstSeen: LAST_MONTH });
  const rows = [
    weak,
    aRow({ path: "/old", standing: "zombie", firstSeen: LAST_MONTH }),
    aRow({ path: "/new", owner: null, callers: [aCaller({ address: "198.51.100.1" })] }),
    aRow({ path: "/chat", ai: { ...NO_AI, verdict: "likely", kind: "chat-completion", role: "provider" } }),
  ];
  const events = [anEvent("auth-found", weak, { at: MONDAY, scheme: "none" })];
  expect(summary({ rows, events })).toEqual([
    "In week 2026-W47 (16 Nov 2026 to 22 Nov 2026, UTC) the inventory held 4 API endpoints of 1 service, 2 more than the week before; 2 (50 %) stand in no API document.",
    "2 new shadow endpoints, of these 1 called from outside, 1 AI, 1 without an owner.",
    "1 change to known endpoints: 1 high.",
    "3 findings opened, 0 closed; 4 stand, 13.3 days old on average.",
    "1 retired endpoint is still called.",
    "1 of 4 endpoints has no owner.",
  ]);
});

test("a week before the first traffic does not speak of none at all", () => {
  expect(summary({ rows: [aRow({ firstSeen: MONDAY + 2 * WEEK_MS })] })[1]).toBe(
    "Nothing had been heard by then: the first traffic came later.",
  );
});

test("a week without news says so, and what to look at", () => {
  const [, second] = summary({ rows: [aRow({ standing: "documented", firstSeen: LAST_MONTH })] });
  expect(second).toMatch(/^Nothing changed: no endpoint appeared/);
});

test("an empty inventory says how to fill it", () => {
  expect(summary({})).toEqual([
    "In week 2026-W47 (16 Nov 2026 to 22 Nov 2026, UTC) the inventory held 0 API endpoints of 0 services, as many as the week before.",
    expect.stringMatching(/^Nothing has been heard yet: send Umbra traffic/),
  ]);
});
