// The weekly report from what the store holds: gathered in pages, archived once its week is over.
import type { ExposureFinder } from "../inventory/exposure.ts";
import type { InventoryEvent } from "../model/inventory.ts";
import type { Headline, WeeklyReport } from "../report/weekly/report.ts";
import { TREND_WEEKS } from "../report/weekly/headline.ts";
import type { FindingRecord, WeeklyInputs, WeeklyOptions, WeeklyScope } from "../report/weekly/input.ts";
import type { LedgerRow } from "../report/weekly/ledger.ts";
import { ledgerRow } from "../report/weekly/ledger.ts";
import type { Week } from "../report/weekly/week.ts";
import { isTimeZone, weekAt, weekNamed, weeksBefore } from "../report/weekly/week.ts";
import { weeklyReport } from "../report/weekly/weekly-report.ts";
import type { EventFilter, InventoryStore } from "../store/store.ts";
import { everyPage } from "./every-page.ts";
import { given } from "./parameter.ts";

export interface WeeklyAsk {
  /** null: the week in which traffic was heard last. */
  readonly week: string | null;
  readonly zone: string;
  readonly scope: WeeklyScope;
}

export interface WeeklyMoment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Where Umbra answers, for links. */
  readonly base: string;
  /** On which side addresses are; absent: as ranges of addresses say. */
  readonly exposureAt?: ExposureFinder | undefined;
}

/**
 * null when there is no such week or zone. The first report made of a week that is over is kept: asked again, it comes
 * back as it was, and what comes later is told by the next one.
 */
export async function weeklyOf(
  store: InventoryStore,
  ask: WeeklyAsk,
  { now, base, exposureAt }: WeeklyMoment,
): Promise<WeeklyReport | null> {
  const { zone, scope } = ask;
  if (!isTimeZone(zone)) return null;
  const week = ask.week === null ? await lastHeard(store, zone, now) : weekNamed(ask.week, zone);
  if (week === null) return null;
  const key = { week: week.name, zone, scope: scopeKey(scope) };
  const archived = await store.reports.find(key);
  // What is kept was written by `weeklyReport`.
  if (archived !== null) return JSON.parse(archived.document) as WeeklyReport;
  const options = { week: week.name, zone, scope, now, base };
  const inputs = { ...(await gather(store, week, options)), rows: await rowsOf(store, scope, exposureAt) };
  const report = weeklyReport(inputs, options);
  if (report === null || report.state === "open" || isEmpty(report)) return report;
  const kept = await store.reports.keep({
    ...key,
    closedAt: now,
    headline: { ...report.headline.now },
    document: JSON.stringify(report),
    eventIds: inputs.events.filter(({ at }) => at >= week.from && at < week.to).map(({ id }) => id),
  });
  return JSON.parse(kept.document) as WeeklyReport;
}

/** Nothing to keep: names that nobody owns and weeks before the first traffic would fill the archive. */
function isEmpty({ headline: { now } }: WeeklyReport): boolean {
  return now.endpoints + now.orphan === 0;
}

function scopeKey(scope: WeeklyScope): string {
  return scope.kind === "all" ? "all" : `${scope.kind}:${scope.name}`;
}

async function lastHeard(store: InventoryStore, zone: string, now: number): Promise<Week> {
  const { items } = await store.endpoints({ lastSeenTo: now }, "-last_seen", { limit: 1, cursor: null });
  return weekAt(items[0]?.endpoint.facts?.lastSeen ?? now, zone);
}

/** When anything was heard last: the clock of the traffic. */
export async function lastMoment(store: InventoryStore): Promise<number | null> {
  const { items } = await store.endpoints({}, "-last_seen", { limit: 1, cursor: null });
  return items[0]?.endpoint.facts?.lastSeen ?? null;
}

async function gather(
  store: InventoryStore,
  week: Week,
  { zone, scope }: WeeklyOptions,
): Promise<Omit<WeeklyInputs, "rows">> {
  const key = { week: week.name, zone, scope: scopeKey(scope) };
  const previous = weeksBefore(week, 1, zone);
  const [headlines, before, findings, heard] = [
    await store.reports.headlines(key, TREND_WEEKS),
    await store.reports.find({ ...key, week: previous.name }),
    await findingsOf(store, scope),
    await lastMoment(store),
  ];
  return {
    events: await eventsOf(store, { week, previous, zone, scope }),
    documents: await documentsOf(store),
    health: await store.health(),
    knownBefore: before === null ? null : new Set(before.eventIds),
    // Kept from `Headline`.
    closed: new Map(headlines.map((kept) => [kept.week, kept.headline as unknown as Headline])),
    ...(findings.length === 0 ? {} : { findings }),
    ...(heard === null ? {} : { heardLast: heard }),
  };
}

/** Each row is made slim as it comes: a page at a time of what endpoints carry is all that is held. */
async function rowsOf(
  store: InventoryStore,
  scope: WeeklyScope,
  exposureAt: ExposureFinder | undefined,
): Promise<readonly LedgerRow[]> {
  const rows: LedgerRow[] = [];
  const filter = given({
    authority: scope.kind === "service" ? scope.name : undefined,
    owner: scope.kind === "team" ? scope.name : undefined,
  });
  await everyPage(
    (page) => store.endpoints(filter, "path", page),
    ({ endpoint, owner }) => rows.push(ledgerRow(endpoint, owner, exposureAt)),
  );
  return rows;
}

/** What turned an axis, for the trend; beside it everything of this week and of the one before. */
const TURNS = ["standing-changed", "confidence-changed", "ai-verdict-changed"] as const;

async function eventsOf(
  store: InventoryStore,
  of: { readonly week: Week; readonly previous: Week; readonly zone: string; readonly scope: WeeklyScope },
): Promise<readonly InventoryEvent[]> {
  const { week, previous, zone, scope } = of;
  const own: EventFilter = scope.kind === "service" ? { authority: scope.name } : {};
  const events = new Map<string, InventoryEvent>();
  const add = (filter: EventFilter): Promise<void> =>
    everyPage(
      (page) => store.events({ ...own, ...filter }, page),
      (event) => events.set(event.id, event),
    );
  await add({ from: previous.from, to: week.to - 1 });
  const begin = weeksBefore(week, TREND_WEEKS, zone).from;
  for (const type of TURNS) await add({ type, from: begin });
  return [...events.values()];
}

async function documentsOf(store: InventoryStore): Promise<WeeklyInputs["documents"]> {
  const { specs } = await store.specs();
  return specs.map(({ id, name, uploadedAt, document }) => ({
    id,
    title: [document.title || name, document.version].join(" ").trim(),
    uploadedAt,
  }));
}

async function findingsOf(store: InventoryStore, scope: WeeklyScope): Promise<readonly FindingRecord[]> {
  const records: FindingRecord[] = [];
  const filter = scope.kind === "service" ? { authority: scope.name } : {};
  await everyPage(
    (page) => store.governance.findings(filter, page),
    ({ rule, severity, endpointId, text, openedAt, resolvedAt }) =>
      records.push({ rule, severity, endpointId, text, openedAt, closedAt: resolvedAt }),
  );
  return records;
}
