// Titles and places as all formats write them.
import { expect, test } from "vitest";
import { placeText, titleOf } from "../../../../src/report/weekly/titles.ts";
import { weeklyReport } from "../../../../src/report/weekly/weekly-report.ts";
import { inputsOf, OPTIONS } from "../../../support/weekly.ts";

test("a title names week and scope", () => {
  const title = (scope: typeof OPTIONS.scope) => {
    const report = weeklyReport(inputsOf(), { ...OPTIONS, scope });
    return report && titleOf(report);
  };
  expect(title({ kind: "all" })).toBe("Shadow-API report, week 2026-W47");
  expect(title({ kind: "service", name: "shop.test" })).toBe(
    "Shadow-API report, week 2026-W47, service shop.test",
  );
});

test("a place names the operation where there is one", () => {
  const place = { endpoint: "", method: "POST", authority: "a.test", path: "/rpc", link: "" };
  expect(placeText({ ...place, operation: null })).toBe("POST a.test/rpc");
  expect(placeText({ ...place, operation: "tools/list" })).toBe("POST a.test/rpc tools/list");
});
