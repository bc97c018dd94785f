// The archive of weekly reports in memory.
import { cleanCopy } from "./clean.ts";
import type { ArchivedReport, ReportArchive, ReportKey } from "./report-archive.ts";
import { storableKey } from "./storable.ts";

export function createMemoryArchive(): ReportArchive {
  const reports = new Map<string, ArchivedReport>();
  const keyOf = ({ week, zone, scope }: ReportKey): string => [zone, scope, week].map(storableKey).join("\n");
  return {
    async keep(report) {
      const key = keyOf(report);
      const kept = reports.get(key) ?? {
        ...cleanCopy(report),
        scope: storableKey(report.scope),
        closedAt: Math.round(report.closedAt),
      };
      reports.set(key, kept);
      return kept;
    },
    find: async (key) => reports.get(keyOf(key)) ?? null,
    async headlines({ week, zone, scope }, limit) {
      return [...reports.values()]
        .filter((held) => held.zone === zone && held.scope === storableKey(scope) && held.week < week)
        .sort((a, b) => (a.week < b.week ? 1 : -1))
        .slice(0, limit)
        .map((held) => ({ week: held.week, headline: held.headline }));
    },
  };
}
