// Findings opened, closed and standing: from their records where the inventory keeps them, else from rows and events.
import type { Severity } from "../../inventory/findings.ts";
import type { EndpointEvent, Frame, Seen } from "./frame.ts";
import { isAi, isHeard, noteOf } from "./frame.ts";
import type { FindingRecord } from "./input.ts";
import type { FindingsSection } from "./report.ts";

const DAY_MS = 86_400_000;

/** Rules whose endpoints stand in a list of their own. */
const LISTED_ELSEWHERE: ReadonlySet<string> = new Set(["shadow", "zombie", "ai"]);

/** `named`: endpoints whose findings stand beside them further up. */
export function findingsSection(frame: Frame, named: ReadonlySet<string> = new Set()): FindingsSection {
  const { from, to } = frame.week;
  const records = (frame.inputs.findings ?? derived(frame)).filter(
    ({ endpointId, openedAt }) => openedAt < to && frame.byId.has(endpointId),
  );
  const isOpen = ({ closedAt }: FindingRecord): boolean => closedAt === null || closedAt >= to;
  const opened = records.filter(({ openedAt }) => openedAt >= from);
  const closed = records.filter((record) => !isOpen(record) && (record.closedAt ?? 0) >= from);
  const open = records.filter(isOpen);
  const days = open.reduce((sum, { openedAt }) => sum + (to - openedAt) / DAY_MS, 0);
  return {
    open: open.length,
    opened: opened.length,
    closed: closed.length,
    mean_age_days: open.length === 0 ? null : Math.round((days / open.length) * 10) / 10,
    by_rule: byRule({ open, opened, closed }),
    items: opened
      .filter(({ endpointId }) => !named.has(endpointId))
      .flatMap((record) => itemOf(record, frame)),
  };
}

function itemOf(record: FindingRecord, frame: Frame): FindingsSection["items"] {
  const { rule, severity, endpointId, text } = record;
  const row = frame.byId.get(endpointId)?.row;
  if (row === undefined || LISTED_ELSEWHERE.has(rule)) return [];
  return [{ ...noteOf(row, text, frame), rule, severity }];
}

type Lists = Readonly<Record<"open" | "opened" | "closed", readonly FindingRecord[]>>;

function byRule(lists: Lists): FindingsSection["by_rule"] {
  const severities = new Map<string, Severity>();
  for (const list of Object.values(lists))
    for (const { rule, severity } of list) severities.set(rule, severity);
  const count = (list: readonly FindingRecord[], rule: string): number =>
    list.filter((record) => record.rule === rule).length;
  return [...severities]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, severity]) => ({
      rule,
      severity,
      open: count(lists.open, rule),
      opened: count(lists.opened, rule),
      closed: count(lists.closed, rule),
    }));
}

/** Standing and verdict have a past; what facts say once, they say ever after: such a finding opens and stays. */
function derived(frame: Frame): readonly FindingRecord[] {
  const found = foundAt(frame);
  const turned = lastTurns(frame);
  return frame.seen.flatMap((seen) => [
    ...axisFindings(seen, frame, turned),
    ...seen.row.findings
      .filter(({ rule }) => !LISTED_ELSEWHERE.has(rule) && isHeard(seen.row, seen.now))
      .map(({ rule, severity, text }) => ({
        rule,
        severity,
        endpointId: seen.row.id,
        text,
        openedAt: found.get(seen.row.id) ?? seen.row.firstSeen ?? 0,
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
