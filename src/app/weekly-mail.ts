// A weekly report as the parts of a mail: made anew from the archive, which never changes.
import type { RenderedReport } from "../delivery/sender.ts";
import type { ReportRef } from "../model/governance.ts";
import { loadUnits } from "../ops/units.ts";
import type { WeeklyReport } from "../report/weekly/report.ts";
import type { WeeklyFormat } from "../report/weekly/weekly-format.ts";
import type { InventoryStore } from "../store/store.ts";

const FORMATS = new URL("../report/weekly/formats/", import.meta.url);

/** null when no such report was archived. */
export async function renderWeekly(
  { reports }: Pick<InventoryStore, "reports">,
  { week, zone, team }: ReportRef,
): Promise<RenderedReport | null> {
  const kept = await reports.find({ week, zone, scope: `team:${team}` });
  if (kept === null) return null;
  // What is kept was written by `weeklyReport`.
  const report = JSON.parse(kept.document) as WeeklyReport;
  const formats = [...(await loadUnits<WeeklyFormat>(FORMATS)).values()];
  const part = (mail: WeeklyFormat["mail"]): string =>
    formats.find((format) => format.mail === mail)?.render(report) ?? "";
  return { name: `shadow-api-report-${week}`, html: part("page"), text: part("plain") };
}
