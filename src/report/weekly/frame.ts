// The week, its scope and the states at its two ends: what every section of the report looks at.
import type { InventoryEvent } from "../../model/inventory.ts";
import type { WeeklyInputs, WeeklyOptions, WeeklyScope } from "./input.ts";
import type { LedgerCaller, LedgerRow } from "./ledger.ts";
import { byPlace } from "./ledger.ts";
import type { CallerLine, Note, Place } from "./report.ts";
import type { Stood, Timeline } from "./timeline.ts";
import { createTimeline } from "./timeline.ts";
import type { Week } from "./week.ts";
import { isTimeZone, weekNamed, weeksBefore } from "./week.ts";

/** Events about an endpoint. */
export type EndpointEvent = Extract<InventoryEvent, { readonly endpointId: string }>;

/** A row with its state before and at the end of the week; null where it was not in the inventory. */
export interface Seen {
  readonly row: LedgerRow;
  readonly before: Stood | null;
  readonly now: Stood | null;
}

export interface Frame {
  readonly week: Week;
  readonly previous: Week;
  readonly zone: string;
  readonly isClosed: boolean;
  readonly inputs: WeeklyInputs;
  readonly base: string;
  /** Rows of the scope, in order of place. */
  readonly seen: readonly Seen[];
  readonly byId: ReadonlyMap<string, Seen>;
  readonly timeline: Timeline;
  /** Of endpoints in scope, within the week, oldest first. */
  readonly news: readonly EndpointEvent[];
}

/** null when there is no such week or zone. */
export function frameOf(inputs: WeeklyInputs, options: WeeklyOptions): Frame | null {
  const { zone, base, scope, now } = options;
  const week = isTimeZone(zone) ? weekNamed(options.week, zone) : null;
  if (week === null) return null;
  const since = new Map(inputs.documents.map(({ id, uploadedAt }) => [id, uploadedAt]));
  const timeline = createTimeline(inputs.events, since);
  const rows = inputs.rows.filter((row) => isWithin(row, scope)).sort(byPlace);
  const seen = rows.map((row) => ({
    row,
    before: timeline.stood(row, week.from),
    now: timeline.stood(row, week.to),
  }));
  const byId = new Map(seen.map((one) => [one.row.id, one]));
  return {
    week,
    previous: weeksBefore(week, 1, zone),
    zone,
    isClosed: now >= week.to,
    inputs,
    base,
    seen,
    byId,
    timeline,
    news: newsWithin(inputs.events, week, byId),
  };
}

/** Oldest first, of endpoints that `byId` knows. */
export function newsWithin(
  events: readonly InventoryEvent[],
  { from, to }: Week,
  byId: ReadonlyMap<string, unknown>,
): readonly EndpointEvent[] {
  return events
    .filter(
      (event): event is EndpointEvent =>
        "endpointId" in event && event.at >= from && event.at < to && byId.has(event.endpointId),
    )
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function isWithin(row: LedgerRow, scope: WeeklyScope): boolean {
  switch (scope.kind) {
    case "all":
      return true;
    case "team":
      return row.owner === scope.name;
    case "service":
      return row.authority === scope.name;
    default:
      return scope satisfies never;
  }
}

/** An API somebody asked for, as it stood. */
export function isHeard(row: LedgerRow, stood: Stood | null): stood is Stood {
  return stood !== null && stood.heard && row.category === "api" && stood.confidence !== "noise";
}

export function isAi(stood: Stood | null): boolean {
  return stood?.verdict === "confirmed" || stood?.verdict === "likely";
}

/** It may have been called within the week: first heard before its end, last heard after its begin. */
export function wasCalled(
  { firstSeen, lastSeen }: { readonly firstSeen: number | null; readonly lastSeen: number | null },
  { from, to }: Week,
): boolean {
  return firstSeen !== null && lastSeen !== null && firstSeen < to && lastSeen >= from;
}

export function placeOf({ id, method, authority, path, operation }: LedgerRow, { base }: Frame): Place {
  return { endpoint: id, method, authority, path, operation, link: `${base}/api/v1/endpoints/${id}` };
}

export function noteOf(row: LedgerRow, text: string, frame: Frame): Note {
  return { ...placeOf(row, frame), owner: row.owner, text };
}

export function callerLine({ address, agent, requests, firstSeen, lastSeen }: LedgerCaller): CallerLine {
  return { address, agent, requests, first_seen: iso(firstSeen), last_seen: iso(lastSeen) };
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
