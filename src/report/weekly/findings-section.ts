// Findings opened, closed and standing, by rule; those that no other list of the report names, with their evidence.
import type { Severity } from "../../inventory/findings.ts";
import { DRIFT, findingRecords } from "./finding-records.ts";
import type { Frame } from "./frame.ts";
import { noteOf } from "./frame.ts";
import type { FindingRecord } from "./input.ts";
import type { FindingsSection } from "./report.ts";

const DAY_MS = 86_400_000;

/** Rules whose endpoints stand in a list of their own. */
const LISTED_ELSEWHERE: ReadonlySet<string> = new Set(["shadow", "zombie", "ai"]);

/** `named`: endpoints whose findings stand beside them further up. */
export function findingsSection(
  frame: Frame,
  named: ReadonlySet<string> = new Set(),
  all: readonly FindingRecord[] = findingRecords(frame),
): FindingsSection {
  const { from, to } = frame.week;
  const records = all.filter(({ endpointId, openedAt }) => openedAt < to && frame.byId.has(endpointId));
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
    // What was closed again within the week is counted, and nobody's work any more.
    items: opened
      .filter((record) => isOpen(record) && !named.has(record.endpointId))
      .flatMap((record) => itemOf(record, frame)),
  };
}

function itemOf(record: FindingRecord, frame: Frame): FindingsSection["items"] {
  const { rule, severity, endpointId, text } = record;
  const row = frame.byId.get(endpointId)?.row;
  if (row === undefined || LISTED_ELSEWHERE.has(rule) || rule.startsWith(DRIFT)) return [];
  return [{ ...noteOf(row, text, frame), rule, severity }];
}

type Lists = Readonly<Record<"open" | "opened" | "closed", readonly FindingRecord[]>>;

function byRule(lists: Lists): FindingsSection["by_rule"] {
  const rules = new Map<string, { severity: Severity; open: number; opened: number; closed: number }>();
  for (const name of ["open", "opened", "closed"] as const) {
    for (const { rule, severity } of lists[name]) {
      const counts = rules.get(rule) ?? { severity, open: 0, opened: 0, closed: 0 };
      rules.set(rule, { ...counts, severity, [name]: counts[name] + 1 });
    }
  }
  return [...rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, { severity, open, opened, closed }]) => ({ rule, severity, open, opened, closed }));
}
