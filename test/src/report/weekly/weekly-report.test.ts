// The whole document: deterministic, whatever order its inputs come in, and bounded by the week.
import fc from "fast-check";
import { expect, test } from "vitest";
import { weeklyReport } from "../../../../src/report/weekly/weekly-report.ts";
import { anEvent, aRow, inputsOf, MONDAY, OPTIONS, WEEK_MS } from "../../../support/weekly.ts";

test("no such week or zone, no report", () => {
  expect(weeklyReport(inputsOf(), { ...OPTIONS, week: "soon" })).toBeNull();
  expect(weeklyReport(inputsOf(), { ...OPTIONS, zone: "Nowhere" })).toBeNull();
});

test("the order of rows and events changes no byte", () => {
  const rows = ["/a", "/b", "/c", "/d"].map((path, index) =>
    aRow({ path, firstSeen: MONDAY - index * WEEK_MS, standing: index % 2 === 0 ? "shadow" : "zombie" }),
  );
  const events = rows.flatMap((row) => [
    anEvent("standing-changed", row, { at: MONDAY, from: "documented", to: row.standing }),
    anEvent("auth-found", row, { at: MONDAY + 1, scheme: "none" }),
  ]);
  const text = (inputs: Parameters<typeof weeklyReport>[0]) => JSON.stringify(weeklyReport(inputs, OPTIONS));
  const expected = text(inputsOf({ rows, events }));
  const shuffled = <T>(list: readonly T[]) =>
    fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
  fc.assert(
    fc.property(shuffled(rows), shuffled(events), (mixedRows, mixedEvents) => {
      expect(text(inputsOf({ rows: mixedRows, events: mixedEvents }))).toBe(expected);
    }),
  );
});

test("a report of a scope names it", () => {
  const report = weeklyReport(inputsOf(), { ...OPTIONS, scope: { kind: "team", name: "blue" } });
  expect(report?.scope).toEqual({ kind: "team", name: "blue" });
  expect(report?.summary[0]).toContain("the inventory of team blue held 0");
});
