// One flat list of everything the report names.
import { expect, test } from "vitest";
import { itemsOf } from "../../../../src/report/weekly/items.ts";
import { weeklyReport } from "../../../../src/report/weekly/weekly-report.ts";
import { exampleWeek } from "../../../support/weekly-example.ts";
import { OPTIONS } from "../../../support/weekly.ts";

test("in the order of the report, weighed by what should be done", () => {
  const report = weeklyReport(exampleWeek(), OPTIONS);
  const items = report === null ? [] : itemsOf(report);
  expect(items.map(({ section, severity }) => `${section} ${severity}`)).toEqual([
    "new-shadow high",
    "new-shadow medium",
    "new-shadow medium",
    "new-shadow low",
    "documented info",
    "retired info",
    "drift high",
    "drift info",
    "mcp medium",
    "zombie high",
    "orphan info",
    "late info",
  ]);
});
