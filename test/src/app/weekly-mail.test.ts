// A report from the archive as page and as text.
import { expect, test } from "vitest";
import { renderWeekly } from "../../../src/app/weekly-mail.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { weeklyReport } from "../../../src/report/weekly/weekly-report.ts";
import { exampleWeek } from "../../support/weekly-example.ts";
import { OPTIONS } from "../../support/weekly.ts";

const ref = { week: OPTIONS.week, zone: "UTC", team: "shop" };

test("comes back as it was kept; of what was not kept, nothing", async () => {
  const store = createMemoryStore();
  expect(await renderWeekly(store, ref)).toBeNull();
  const report = weeklyReport(exampleWeek(), OPTIONS);
  await store.reports.keep({
    week: ref.week,
    zone: ref.zone,
    scope: "team:shop",
    closedAt: OPTIONS.now,
    headline: {},
    document: JSON.stringify(report),
    eventIds: [],
  });
  const made = await renderWeekly(store, ref);
  expect(made?.name).toBe("shadow-api-report-2026-W47");
  expect(made?.html).toMatch(/^<!doctype html>/i);
  expect(made?.text).toMatch(/^Shadow-API report, week 2026-W47\n=+\n/);
  // What Markdown would have escaped stands as it was heard.
  expect(made?.text).toContain("/v1/chat/completions");
  expect(made?.text).not.toMatch(/\\[`*_{}[\]()#+!|<>~&@-]|&#58;|^#/m);
});
