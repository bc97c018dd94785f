// The news of regrouping, with the evidence behind it.
import { shortHash } from "../model/identity.ts";
import type { Endpoint, GroupingReason, InventoryEvent } from "../model/inventory.ts";

/** As grouping explains one segment. */
export interface Explained {
  readonly segment: number;
  readonly decided: "variable" | "literal";
  readonly by: string;
  readonly contributions: readonly GroupingReason[];
}

// A row of news is read by people and sent by mail.
const MOST_MEMBERS = 16;
const MOST_REASONS = 6;

/** `rows` are as they were, oldest first. */
export function mergedEvent(
  now: Endpoint,
  rows: readonly Endpoint[],
  why: readonly Explained[],
  at: number,
): InventoryEvent {
  const merged = rows.slice(0, MOST_MEMBERS).map(({ id, path }) => ({ endpointId: id, path }));
  const changed = why.filter(({ segment }) =>
    rows.some(({ path }) => segmentAt(path, segment) !== segmentAt(now.path, segment)),
  );
  const ids = rows.map(({ id, path }) => [id, path]);
  return {
    ...place(now, at, ["endpoints-merged", now.path, ids]),
    type: "endpoints-merged",
    merged,
    count: rows.length,
    evidence: reasons(changed, "variable"),
  };
}

/** `now` is the new row, `from` what it was part of. */
export function splitEvent(
  now: Endpoint,
  from: Endpoint,
  why: readonly Explained[],
  at: number,
): InventoryEvent {
  const changed = why.filter(({ segment }) => segmentAt(from.path, segment) !== segmentAt(now.path, segment));
  return {
    ...place(now, at, ["endpoint-split", from.id, from.path]),
    type: "endpoint-split",
    from: from.id,
    fromPath: from.path,
    evidence: reasons(changed, "literal"),
  };
}

function place({ id, authority, method, path }: Endpoint, at: number, news: readonly unknown[]) {
  return {
    id: `ev_${shortHash(JSON.stringify([id, at, ...news]))}`,
    at,
    authority,
    endpointId: id,
    method,
    path,
  };
}

function segmentAt(path: string, at: number): string {
  return path.split("/")[at + 1] ?? "";
}

function reasons(why: readonly Explained[], decided: Explained["decided"]): readonly GroupingReason[] {
  const settled = why.filter((one) => one.decided === decided);
  const ruled = settled
    .filter(({ contributions }) => contributions.length === 0)
    .map(({ by, segment }) => ({
      feature: by,
      weight: 0,
      text: `segment ${segment + 1} was settled by ${by}`,
    }));
  const summed = settled.flatMap(({ contributions }) => contributions);
  return [...ruled, ...summed]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_REASONS)
    .map(({ feature, weight, text }) => ({ feature, weight, text }));
}

/** First heard earlier; of equals the smaller id, so that order is total. Orphans were never heard. */
export function isOlder(a: Endpoint, b: Endpoint): boolean {
  const [first, second] = [a.facts?.firstSeen ?? Infinity, b.facts?.firstSeen ?? Infinity];
  return first < second || (first === second && a.id < b.id);
}
