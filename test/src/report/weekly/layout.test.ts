// The order of reading: sections with sentences where there is nothing to list.
import { expect, test } from "vitest";
import { moment, sectionsOf } from "../../../../src/report/weekly/layout.ts";
import { weeklyReport } from "../../../../src/report/weekly/weekly-report.ts";
import { exampleWeek } from "../../../support/weekly-example.ts";
import { inputsOf, OPTIONS } from "../../../support/weekly.ts";

const sections = (inputs: Parameters<typeof weeklyReport>[0]) => {
  const report = weeklyReport(inputs, OPTIONS);
  return report === null ? [] : sectionsOf(report);
};

test("an empty week has a sentence in every section", () => {
  for (const { title, blocks } of sections(inputsOf())) {
    expect([title, blocks.map(({ kind }) => kind)]).toEqual([title, ["sentences"]]);
  }
});

test("a full week has something to list in each", () => {
  const kinds = sections(exampleWeek()).map(({ id, blocks }) => [
    id,
    blocks.map(({ kind }) => kind).join(" "),
  ]);
  expect(Object.fromEntries(kinds)).toEqual({
    shadow: "cards",
    changes: "table table",
    drift: "table",
    ai: "sentences table table",
    zombies: "table",
    findings: "sentences table",
    unowned: "table",
    orphans: "table",
    late: "table",
    coverage: "sentences",
  });
});

test("moments are told to the minute", () => {
  expect(moment("2026-11-17T09:31:59.999Z")).toBe("2026-11-17 09:31 UTC");
});
