// Writes the rows of a service once it is decided which there are: what was heard joins, counts are those of routes.
import { judge } from "../classify/classify.ts";
import { apply } from "../inventory/apply.ts";
import type { Counts } from "../inventory/exact.ts";
import { factsFrom, isExact, withCounts } from "../inventory/exact.ts";
import { isOverflow, OTHER } from "../inventory/limits.ts";
import { splitEvent } from "../inventory/regrouping.ts";
import type { Classified, Identified } from "../model/classified.ts";
import { joinIdentified } from "../model/classified.ts";
import { joinFacts } from "../model/facts.ts";
import { identityKey } from "../model/identity.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { Facts, Sighting } from "../model/sighting.ts";
import type { Matcher } from "../openapi/match.ts";
import type { Overflow, Planned } from "./plan.ts";
import { closedEndpoint } from "./plan.ts";
import type { Working } from "./regroup.ts";
import { originOf } from "./regroup.ts";

/** The row of one template. */
export function settle(working: Working, planned: Planned, heard: Facts | undefined): void {
  const { index, moved, news } = working;
  const held = index.find(planned.identity);
  if (held === null) {
    add(working, planned, heard);
    return;
  }
  if (heard === undefined && !moved.has(held.id) && isSettled(held, planned)) return;
  const { isProbed } = planned;
  const { endpoint, events } = apply(held, classified(planned, learned(held.facts, heard)), { isProbed });
  index.put(endpoint);
  news.push(...events);
}

function isSettled({ facts, path, confidence }: Endpoint, planned: Planned): boolean {
  return (
    facts !== null &&
    path === planned.path &&
    (confidence === "noise") === (planned.confidence === "noise") &&
    isExact(facts, planned.evidence)
  );
}

function learned(known: Facts | null, heard: Facts | undefined): Facts | null {
  return known === null || heard === undefined ? (known ?? heard ?? null) : joinFacts(known, heard);
}

function classified({ found, evidence, match, isProbed }: Planned, known: Facts | null): Classified {
  const facts = known === null ? factsFrom(evidence) : withCounts(known, evidence);
  const judged = judge(found, facts, match);
  return isProbed && match.kind !== "operation" ? { ...judged, category: "probe" } : judged;
}

function add(working: Working, planned: Planned, heard: Facts | undefined): void {
  const { index, news } = working;
  const { found, isProbed } = planned;
  const given = { id: index.freeId(found), isProbed };
  const { endpoint, events } = apply(null, classified(planned, heard ?? null), given);
  const row = split(working, planned, endpoint, heard?.requests ?? 0);
  index.put(row);
  if (row.carved === undefined) news.push(...events);
}

/** A new row that was heard before was part of another one until now. */
function split(working: Working, planned: Planned, row: Endpoint, heard: number): Endpoint {
  const { evidence } = planned;
  if (evidence.requests <= heard) return row;
  const origin = originOf(working, planned);
  if (origin === null) return row;
  const at = evidence.lastSeen;
  const carved = { from: origin.id, at, requests: evidence.requests - heard };
  working.splits.push({ id: row.id, from: origin.id });
  if (row.confidence !== "noise") {
    working.news.push(splitEvent(row, origin, working.plan.set.explain(planned.path), at));
  }
  return { ...row, carved };
}

/** Rows that take in what is beyond the limits: their counts are those of all that have no row. */
export function settleOverflows(working: Working, surplus: ReadonlyMap<string, Facts>): void {
  const { index, plan } = working;
  for (const overflow of plan.overflows.values()) settleOverflow(working, overflow, surplus);
  const gone = [...index.rows()].filter((row) => isTaker(row) && !plan.overflows.has(row.id));
  for (const row of gone) index.remove(row);
}

function isTaker(row: Endpoint): boolean {
  return isOverflow(row) || (row.operation === OTHER && row.style !== "rest");
}

function settleOverflow(
  { index, folded }: Working,
  { row, counts }: Overflow,
  surplus: ReadonlyMap<string, Facts>,
): void {
  const held = index.get(row.id);
  const heard = surplus.get(row.id);
  const parts = folded.get(row.id) ?? [];
  if (held?.facts && heard === undefined && parts.length === 0 && isExact(held.facts, counts)) return;
  const facts = [held, ...parts].reduce((sum, part) => learned(sum, part?.facts ?? undefined), heard ?? null);
  index.put({ ...row, facts: withCounts(facts ?? factsFrom(evidenceOf(counts)), counts) });
}

function evidenceOf(counts: Counts): Planned["evidence"] {
  const nothing = {
    callers: [],
    authenticated: 0,
    answers: {},
    keys: [],
    listed: 0,
    pages: {},
    segments: [],
  };
  return { ...counts, ...nothing, protocol: "unknown" };
}

/** Connections whose content stayed closed have no path that could be grouped. */
export function addClosed({ index, news }: Working, sighting: Sighting, matcher: Matcher): void {
  if (sighting.key.protocol !== "tls") return;
  const found = closedEndpoint(sighting);
  const held = index.find(identityKey(found));
  const joined: Identified = held === null ? found : joinIdentified(held, found);
  const facts = learned(held?.facts ?? null, sighting.facts) ?? sighting.facts;
  const match = matcher(joined.authority, joined.method, joined.path);
  const { endpoint, events } = apply(held, judge(joined, facts, match));
  index.put(endpoint);
  news.push(...events);
}
