// The life of findings: what holds now, against what was known, gives the records as they are now and what became of them.
import { shortHash } from "../model/identity.ts";
import type { FindingRecord } from "../model/governance.ts";
import { openedAt } from "../model/governance.ts";
import type { Endpoint } from "../model/inventory.ts";

/** A finding that holds, whichever rule or policy found it. */
export type HeldFinding = Pick<FindingRecord, "rule" | "title" | "severity" | "text" | "notify"> & {
  readonly reviewWithinDays: number | null;
};

/** What became of a record; "same" is not told. */
export type FindingTurn = "opened" | "reopened" | "worsened" | "resolved";

export interface FindingChange {
  readonly record: FindingRecord;
  readonly turn: FindingTurn;
}

export interface Advanced {
  /** Records that are new or different. */
  readonly records: readonly FindingRecord[];
  readonly changes: readonly FindingChange[];
}

export const SEVERITIES = ["info", "low", "medium", "high", "critical"] as const;

const DAY_MS = 86_400_000;

export function findingId(rule: string, endpointId: string): string {
  return `fi_${shortHash(`${rule}\n${endpointId}`)}`;
}

/** `known`: all records of the endpoint. `holding`: everything that holds of it now. `now`: milliseconds since the epoch. */
export function advanceFindings(
  endpoint: Pick<Endpoint, "id" | "authority">,
  known: readonly FindingRecord[],
  holding: readonly HeldFinding[],
  now: number,
): Advanced {
  const before = new Map(known.map((record) => [record.rule, record]));
  const held = new Map(holding.map((finding) => [finding.rule, finding]));
  const stepped = [...held.values()].map((finding) =>
    stepOf(before.get(finding.rule), finding, { endpoint, now }),
  );
  const gone = known.filter(({ rule, state }) => state !== "resolved" && !held.has(rule));
  const resolved = gone.map((record) => resolve(record, now));
  const all = [...stepped, ...resolved];
  return {
    records: all.flatMap(({ record, isNew }) => (isNew ? [record] : [])),
    changes: all.flatMap(({ record, turn }) => (turn === null ? [] : [{ record, turn }])),
  };
}

interface Step {
  readonly record: FindingRecord;
  readonly isNew: boolean;
  readonly turn: FindingTurn | null;
}

interface Around {
  readonly endpoint: Pick<Endpoint, "id" | "authority">;
  readonly now: number;
}

function stepOf(before: FindingRecord | undefined, finding: HeldFinding, around: Around): Step {
  if (before === undefined) return { record: opened(finding, around), isNew: true, turn: "opened" };
  const { now } = around;
  const heard = { ...before, ...shown(finding) };
  if (before.state === "resolved" || isOver(before, now)) {
    const record = { ...heard, ...reopening(finding, now), reopened: before.reopened + 1 };
    return { record, isNew: true, turn: "reopened" };
  }
  const isSame = JSON.stringify(heard) === JSON.stringify(before);
  if (isSame) return { record: before, isNew: false, turn: null };
  const isWorse = SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(before.severity);
  return { record: { ...heard, changedAt: now }, isNew: true, turn: isWorse ? "worsened" : null };
}

function shown({ title, severity, text, notify }: HeldFinding) {
  return { title, severity, text, notify };
}

function opened(finding: HeldFinding, { endpoint, now }: Around): FindingRecord {
  return {
    id: findingId(finding.rule, endpoint.id),
    rule: finding.rule,
    endpointId: endpoint.id,
    authority: endpoint.authority,
    ...shown(finding),
    ...reopening(finding, now),
    reopened: 0,
  };
}

function reopening({ reviewWithinDays }: HeldFinding, now: number) {
  return {
    ...openedAt(now),
    reviewBy: reviewWithinDays === null ? null : now + reviewWithinDays * DAY_MS,
  };
}

/** What was accepted for a time holds again once that is over. */
function isOver({ state, acceptedUntil }: FindingRecord, now: number): boolean {
  return state === "accepted" && acceptedUntil !== null && acceptedUntil <= now;
}

function resolve(record: FindingRecord, now: number): Step {
  const done = { ...record, state: "resolved" as const, resolvedAt: now, changedAt: now, by: null };
  return { record: done, isNew: true, turn: "resolved" };
}

/** What a person says of a finding that holds; null where it does not hold any more. */
export function decideFinding(
  record: FindingRecord,
  decision:
    | { readonly to: "open" | "acknowledged"; readonly by: string }
    | { readonly to: "accepted"; readonly by: string; readonly until: number; readonly reason: string },
  now: number,
): FindingRecord | null {
  if (record.state === "resolved") return null;
  const accepted = decision.to === "accepted";
  return {
    ...record,
    state: decision.to,
    by: decision.by,
    changedAt: now,
    acceptedUntil: accepted ? decision.until : null,
    reason: accepted ? decision.reason : null,
  };
}
