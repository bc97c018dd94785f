// The archive of weekly reports in PostgreSQL.
import { cleanCopy, cleanText, wholeMs } from "./clean.ts";
import type { Database } from "./prisma-client.ts";
import { guarded } from "./prisma-client.ts";
import type { ArchivedReport, ReportArchive, ReportKey } from "./report-archive.ts";
import { storableKey } from "./storable.ts";

export function createPrismaArchive(db: Database): ReportArchive {
  return {
    keep: (report) =>
      guarded("a report", async () => {
        await insert(db, report);
        const kept = await find(db, report);
        if (kept === null) throw new Error("a report that was kept is gone");
        return kept;
      }),
    find: (key) => guarded("a report", () => find(db, key)),
    headlines: ({ week, zone, scope }, limit) =>
      guarded(
        "headlines",
        () => db.$queryRaw<{ week: string; headline: Readonly<Record<string, number>> }[]>`
          select week, headline from weekly_reports
          where zone = ${storableKey(zone)} and scope = ${storableKey(scope)} and week < ${storableKey(week)}
          order by week desc limit ${limit}`,
      ),
  };
}

/** The first one stays. */
async function insert(db: Database, report: ArchivedReport): Promise<void> {
  const { week, zone, scope, closedAt, headline, document, eventIds } = report;
  await db.$executeRaw`
    insert into weekly_reports (week, zone, scope, closed_at, headline, document, event_ids)
    values (${storableKey(week)}, ${storableKey(zone)}, ${storableKey(scope)},
      ${new Date(wholeMs(closedAt)).toISOString()}::timestamptz, ${JSON.stringify(cleanCopy(headline))}::jsonb,
      ${cleanText(document)}, ${eventIds.map(storableKey)}::text[])
    on conflict do nothing`;
}

async function find(db: Database, { week, zone, scope }: ReportKey): Promise<ArchivedReport | null> {
  const [row] = await db.$queryRaw<(Omit<ArchivedReport, "closedAt"> & { closedAt: Date })[]>`
    select week, zone, scope, closed_at as "closedAt", headline, document, event_ids as "eventIds"
    from weekly_reports
    where week = ${storableKey(week)} and zone = ${storableKey(zone)} and scope = ${storableKey(scope)}`;
  return row === undefined ? null : { ...row, closedAt: row.closedAt.getTime() };
}
