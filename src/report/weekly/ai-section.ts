// AI and MCP: what turned out to be AI this week, which vendors are called, which tools appeared.
import { aiChanges, dynamicNotes } from "./ai-changes.ts";
import { findingRecords } from "./finding-records.ts";
import type { Frame } from "./frame.ts";
import { isAi, iso, noteOf } from "./frame.ts";
import type { FindingRecord } from "./input.ts";
import type { AiSection, ShadowItem } from "./report.ts";

/** Operations by which MCP servers offer themselves (Model Context Protocol, server features). */
const MCP = /^(?:tools|prompts|resources)\//;

/** Rules that find text written to take a model over: in what is asked, in what is read, in what tools say of themselves. */
const INJECTIONS: ReadonlySet<string> = new Set([
  "ai-prompt-injection",
  "ai-indirect-injection",
  "ai-tool-poisoned",
]);

export function aiSection(
  frame: Frame,
  shadow: readonly ShadowItem[],
  records: readonly FindingRecord[] = findingRecords(frame),
): AiSection {
  const listed = new Set(shadow.map(({ endpoint }) => endpoint));
  const vendors = vendorsOf(frame);
  return {
    among_new_shadow: shadow.filter(({ ai }) => ai !== null).length,
    found: foundAi(frame, listed),
    by_kind: kindsOf(frame),
    new_vendors: [...vendors]
      .filter(([, { first }]) => first >= frame.week.from)
      .map(([authority, { first, vendor }]) => ({ authority, vendor, first_seen: iso(first) })),
    vendors: vendors.size,
    new_tools: newTools(frame, listed),
    changes: aiChanges(frame),
    dynamic: dynamicNotes(frame),
    injections: injectionsIn(frame, records),
  };
}

function foundAi(frame: Frame, listed: ReadonlySet<string>): AiSection["found"] {
  return frame.seen.flatMap(({ row, before, now }) => {
    if (listed.has(row.id) || now?.heard !== true || !isAi(now) || isAi(before)) return [];
    // Calls to vendors are told by vendor.
    if (row.aiRole === "consumer" || now.confidence === "noise") return [];
    const text = `${now.verdict} ${row.aiKind ?? "AI"}, ${now.standing}`;
    return [{ ...noteOf(row, text, frame), kind: row.aiKind, role: row.aiRole }];
  });
}

function kindsOf(frame: Frame): Readonly<Record<string, number>> {
  const kinds = new Map<string, number>();
  for (const { row, now } of frame.seen) {
    if (now?.heard !== true || !isAi(now) || now.confidence === "noise") continue;
    const kind = row.aiKind ?? "undecided";
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Vendor {
  readonly first: number;
  readonly vendor: string | null;
}

/** Outside AI services in order of name, with the moment each was first called. */
function vendorsOf(frame: Frame): ReadonlyMap<string, Vendor> {
  const vendors = new Map<string, Vendor>();
  for (const { row, now } of frame.seen) {
    if (row.aiRole !== "consumer" || row.firstSeen === null || !isAi(now)) continue;
    const known = vendors.get(row.authority);
    const first = Math.min(known?.first ?? Infinity, row.firstSeen);
    vendors.set(row.authority, { first, vendor: known?.vendor ?? row.vendor });
  }
  return new Map([...vendors].sort(([a], [b]) => (a < b ? -1 : 1)));
}

// A line of a report names a handful; the endpoint's page has all.
const MOST_TOOLS = 8;

function newTools(frame: Frame, listed: ReadonlySet<string>): AiSection["new_tools"] {
  const tools = toolsByRow(frame);
  return frame.seen.flatMap(({ row, before, now }) => {
    const names = tools.get(row.id) ?? [];
    if (names.length > 0) return [noteOf(row, offersText(names), frame)];
    if (listed.has(row.id) || before?.heard === true || now?.heard !== true) return [];
    if (row.operation === null || !MCP.test(row.operation)) return [];
    return [noteOf(row, `MCP ${row.operation}`, frame)];
  });
}

function offersText(names: readonly string[]): string {
  const more = names.length > MOST_TOOLS ? ` and ${names.length - MOST_TOOLS} more` : "";
  return `offers for the first time: ${names.slice(0, MOST_TOOLS).join(", ")}${more}`;
}

/** What servers offer and did not before this week, each at the endpoint that showed it first. */
function toolsByRow(frame: Frame): ReadonlyMap<string, readonly string[]> {
  const first = new Map<string, { readonly at: number; readonly id: string; readonly text: string }>();
  for (const { row } of frame.seen) {
    for (const { kind, name, firstSeen } of row.tools) {
      const key = JSON.stringify([row.authority, kind, name]);
      if (firstSeen < (first.get(key)?.at ?? Infinity))
        first.set(key, { at: firstSeen, id: row.id, text: `${kind} ${name}` });
    }
  }
  const rows = new Map<string, string[]>();
  for (const { at, id, text } of first.values()) {
    if (at < frame.week.from || at >= frame.week.to) continue;
    rows.set(id, [...(rows.get(id) ?? []), text]);
  }
  return rows;
}

/** Endpoints at which such text was found this week for the first time. */
function injectionsIn({ week, byId }: Frame, records: readonly FindingRecord[]): number {
  const found = records.filter(
    ({ rule, endpointId, openedAt }) =>
      INJECTIONS.has(rule) && openedAt >= week.from && openedAt < week.to && byId.has(endpointId),
  );
  return new Set(found.map(({ endpointId }) => endpointId)).size;
}
