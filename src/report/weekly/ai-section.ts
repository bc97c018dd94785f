// AI and MCP: what turned out to be AI this week, which vendors are called, which tools appeared.
import type { Frame } from "./frame.ts";
import { isAi, iso, noteOf } from "./frame.ts";
import type { AiSection, ShadowItem } from "./report.ts";

/** Operations by which MCP servers offer themselves (Model Context Protocol, server features). */
const MCP = /^(?:tools|prompts|resources)\//;

export function aiSection(frame: Frame, shadow: readonly ShadowItem[]): AiSection {
  const listed = new Set(shadow.map(({ endpoint }) => endpoint));
  const vendors = vendorsOf(frame);
  return {
    among_new_shadow: shadow.filter(({ ai }) => ai !== null).length,
    found: foundAi(frame, listed),
    by_kind: kindsOf(frame),
    new_vendors: [...vendors]
      .filter(([, first]) => first >= frame.week.from)
      .map(([authority, first]) => ({ authority, first_seen: iso(first) })),
    vendors: vendors.size,
    new_tools: newTools(frame, listed),
    injections: null,
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

/** Outside AI services in order of name, with the moment each was first called. */
function vendorsOf(frame: Frame): ReadonlyMap<string, number> {
  const vendors = new Map<string, number>();
  for (const { row, now } of frame.seen) {
    if (row.aiRole !== "consumer" || row.firstSeen === null || !isAi(now)) continue;
    vendors.set(row.authority, Math.min(vendors.get(row.authority) ?? Infinity, row.firstSeen));
  }
  return new Map([...vendors].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function newTools(frame: Frame, listed: ReadonlySet<string>): AiSection["new_tools"] {
  return frame.seen.flatMap(({ row, before, now }) => {
    if (listed.has(row.id) || before?.heard === true || now?.heard !== true) return [];
    if (row.operation === null || !MCP.test(row.operation)) return [];
    return [noteOf(row, `MCP ${row.operation}`, frame)];
  });
}
