// The life of findings by one clock, the traffic's: from their records where the inventory keeps them, else from rows and events.
import type { Severity } from "../../inventory/findings.ts";
import type { EndpointEvent, Frame, Seen } from "./frame.ts";
import { isAi, isHeard } from "./frame.ts";
import type { FindingRecord } from "./input.ts";
import type { LedgerRow } from "./ledger.ts";

/** Rules about change: the report tells what they found as changes. */
export const DRIFT = "drift.";

/** Rules that follow from standing and verdict. */
const AXES: ReadonlySet<string> = new Set(["shadow", "zombie", "ai"]);

/** All that is known of endpoints in scope. */
export function findingRecords(frame: Frame): readonly FindingRecord[] {
  const { findings, heardLast = null } = frame.inputs;
  if (findings === undefined) return derived(frame);
  if (heardLast === null) return findings;
  const [found, turned] = [foundAt(frame), lastTurns(frame)];
  return findings.flatMap((record) => {
    const row = frame.byId.get(record.endpointId)?.row;
    if (row === undefined) return [];
    const closedAt = record.closedAt === null ? null : Math.min(record.closedAt, heardLast);
    if (record.openedAt <= heardLast) return [{ ...record, closedAt }];
    const evidence = AXES.has(record.rule) ? turned.get(row.id) : undefined;
    const at = evidence ?? openedAt(record.rule, row, found);
    return [{ ...record, openedAt: Math.min(at, heardLast), closedAt }];
  });
}

/*
  Where a finding came after all traffic, it was found in a recording, and the clock of the machine says nothing: it is
  dated by what it rests on. What policies find may rest on the passing of time: it is dated as late as can be.
*/
function openedAt(rule: string, row: LedgerRow, found: ReadonlyMap<string, number>): number {
  if (rule.startsWith("policy.")) return Number.POSITIVE_INFINITY;
  if (rule.startsWith(DRIFT)) return row.lastSeen ?? 0;
  return found.get(row.id) ?? row.firstSeen ?? 0;
}

/** Standing and verdict have a past; what facts say once, they say ever after: such a finding opens and stays. */
function derived(frame: Frame): readonly FindingRecord[] {
  const found = foundAt(frame);
  const turned = lastTurns(frame);
  return frame.seen.flatMap((seen) => [
    ...axisFindings(seen, frame, turned),
    ...seen.row.findings
      .filter(({ rule }) => !AXES.has(rule) && isHeard(seen.row, seen.now))
      .map(({ rule, severity, text }) => ({
        rule,
        severity,
        endpointId: seen.row.id,
        text,
        openedAt: openedAt(rule, seen.row, found),
        closedAt: null,
      })),
  ]);
}

/** When the last of what findings rest on was found, by endpoint. */
function foundAt(frame: Frame): ReadonlyMap<string, number> {
  const rests: ReadonlySet<EndpointEvent["type"]> = new Set(["auth-found", "data-class-found"]);
  const found = new Map<string, number>();
  for (const { type, endpointId, at } of frame.news) {
    if (rests.has(type)) found.set(endpointId, Math.max(found.get(endpointId) ?? 0, at));
  }
  return found;
}

const AXIS_RULES: readonly {
  readonly rule: string;
  readonly severity: Severity;
  holds(seen: Seen, stood: Seen["now"]): boolean;
}[] = [
  {
    rule: "shadow",
    severity: "medium",
    holds: ({ row }, stood) => isHeard(row, stood) && stood.standing === "shadow",
  },
  {
    rule: "zombie",
    severity: "high",
    holds: ({ row }, stood) => isHeard(row, stood) && stood.standing === "zombie",
  },
  { rule: "ai", severity: "medium", holds: ({ row }, stood) => isHeard(row, stood) && isAi(stood) },
];

function axisFindings(
  seen: Seen,
  frame: Frame,
  turned: ReadonlyMap<string, number>,
): readonly FindingRecord[] {
  const { row, before, now } = seen;
  const since = row.firstSeen ?? 0;
  const at = turned.get(row.id) ?? frame.week.to - 1;
  return AXIS_RULES.flatMap(({ rule, severity, holds }) => {
    const [held, holdsNow] = [holds(seen, before), holds(seen, now)];
    if (!held && !holdsNow) return [];
    return [
      {
        rule,
        severity,
        endpointId: row.id,
        text: row.reason,
        openedAt: held ? Math.min(since, frame.week.from - 1) : since >= frame.week.from ? since : at,
        closedAt: holdsNow ? null : at,
      },
    ];
  });
}

/** The last turn of each endpoint within the week. */
function lastTurns(frame: Frame): ReadonlyMap<string, number> {
  const turned = new Map<string, number>();
  for (const event of frame.news) if ("to" in event) turned.set(event.endpointId, event.at);
  return turned;
}
