// What changed about endpoints that were known: documented, retired, drifted from their past.
import type { Severity } from "../../inventory/findings.ts";
import { DRIFT, findingRecords } from "./finding-records.ts";
import type { EndpointEvent, Frame } from "./frame.ts";
import { isHeard, noteOf, wasCalled } from "./frame.ts";
import type { DriftRecord, FindingRecord } from "./input.ts";
import { dayText } from "./week.ts";
import type { DriftItem, Note, WeeklyReport } from "./report.ts";

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

/** Documented at the end of the week, and not at its begin. Endpoints that came documented are no news here. */
export function newlyDocumented(frame: Frame): readonly Note[] {
  return frame.seen.flatMap(({ row, before, now }) => {
    if (!isHeard(row, now) || now.standing !== "documented" || before === null) return [];
    if (before.standing === "documented") return [];
    const was = before.standing === "orphan" ? "was documented and is called now" : `was ${before.standing}`;
    return [noteOf(row, `${was}: ${row.reason}`, frame)];
  });
}

/** Zombies that were called in the week before and not in this one. */
export function newlySilent(frame: Frame): readonly Note[] {
  return frame.seen.flatMap(({ row, now }) => {
    if (!isHeard(row, now) || now.standing !== "zombie" || row.lastSeen === null) return [];
    if (!wasCalled(row, frame.previous) || wasCalled(row, frame.week)) return [];
    const last = `last called on ${dayText(row.lastSeen, frame.zone)}`;
    return [noteOf(row, `${last}: it can be switched off when it stays silent`, frame)];
  });
}

/** What findings of drift say goes before what single events say of the same. */
export function driftOf(
  frame: Frame,
  records: readonly FindingRecord[] = findingRecords(frame),
): WeeklyReport["drift"] {
  const isNow = ({ at }: DriftRecord): boolean => at >= frame.week.from && at < frame.week.to;
  const given = [...(frame.inputs.drift ?? []), ...records.flatMap(foundDrift)].filter(isNow);
  const told = new Set(given.map(({ endpointId, kind }) => `${endpointId} ${kind}`));
  const own = frame.news
    .flatMap((event) => driftIn(event, frame) ?? [])
    .filter(({ endpointId, kind }) => !told.has(`${endpointId} ${SAME[kind] ?? kind}`));
  const items = [...own, ...given].flatMap((record) => itemOf(record, frame));
  const bySeverity: Record<string, number> = {};
  for (const severity of SEVERITIES) {
    const count = items.filter((item) => item.severity === severity).length;
    if (count > 0) bySeverity[severity] = count;
  }
  return { by_severity: bySeverity, items: items.sort(worstFirst) };
}

/** What an event tells, as findings of drift call it. */
const SAME: Readonly<Record<string, string>> = {
  "data-class-added": "data-class-new",
  "status-added": "status-new",
};

function foundDrift({ rule, endpointId, openedAt, severity, text }: FindingRecord): readonly DriftRecord[] {
  if (!rule.startsWith(DRIFT)) return [];
  return [{ endpointId, at: openedAt, severity, kind: rule.slice(DRIFT.length), text }];
}

function itemOf({ endpointId, severity, kind, text }: DriftRecord, frame: Frame): readonly DriftItem[] {
  const row = frame.byId.get(endpointId)?.row;
  return row === undefined ? [] : [{ ...noteOf(row, text, frame), severity, kind }];
}

function worstFirst(a: DriftItem, b: DriftItem): number {
  return (
    SEVERITIES.findIndex((one) => one === a.severity) - SEVERITIES.findIndex((one) => one === b.severity)
  );
}

/** What an event says about an endpoint that was known before the week; a new one has no past to drift from. */
function driftIn(event: EndpointEvent, frame: Frame): DriftRecord | null {
  const seen = frame.byId.get(event.endpointId);
  if (seen === undefined || !isHeard(seen.row, seen.before)) return null;
  const about = { endpointId: event.endpointId, at: event.at };
  switch (event.type) {
    case "auth-found":
      return event.scheme === "none"
        ? {
            ...about,
            severity: "high",
            kind: "auth-weakened",
            text: "answers requests without a credential now",
          }
        : {
            ...about,
            severity: "low",
            kind: "auth-added",
            text: `a new kind of credential: ${event.scheme}`,
          };
    case "data-class-found": {
      const isAnswer = event.place.startsWith("response.");
      const where = `${event.place}${event.field === "" ? "" : ` (${event.field})`}`;
      const text = `${event.dataClass} found in ${where}`;
      return { ...about, severity: isAnswer ? "medium" : "low", kind: "data-class-added", text };
    }
    case "status-found":
      return {
        ...about,
        severity: "info",
        kind: "status-added",
        text: `answered ${event.status} for the first time`,
      };
    default:
      return null;
  }
}
