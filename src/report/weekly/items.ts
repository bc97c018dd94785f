// Everything the report names, as one flat list: for formats that are worked through by a program or in a spreadsheet.
import type { Note, Place, WeeklyReport } from "./report.ts";

export interface Item {
  /** "new-shadow", "documented", "retired", "drift", "ai-found", "mcp", "ai-changed", "ai-dynamic", "zombie", "orphan", "finding", "late". */
  readonly section: string;
  readonly severity: string;
  readonly place: Place;
  readonly text: string;
  readonly owner: string | null;
  /** ISO 8601, "" where the item has no time of its own. */
  readonly at: string;
  readonly decision: string;
}

/** In the order of the report. Orphans and zombies that stood before are part of it. */
export function itemsOf(report: WeeklyReport): readonly Item[] {
  const plain = (section: string, severity: string, notes: readonly Note[]) =>
    notes.map((note) => item(section, severity, note));
  return [
    ...report.new_shadow.map((shadow) => ({
      ...item("new-shadow", severityOf(shadow.decision.kind), { ...shadow, text: shadow.evidence }),
      at: shadow.first_seen,
      decision: shadow.decision.text,
    })),
    ...plain("documented", "info", report.documented),
    ...plain("retired", "info", report.retired),
    ...report.drift.items.map((drift) => item("drift", drift.severity, drift)),
    ...plain("ai-found", "medium", report.ai.found),
    ...plain("mcp", "medium", report.ai.new_tools),
    ...plain("ai-changed", "medium", report.ai.changes),
    ...plain("ai-dynamic", "low", report.ai.dynamic),
    ...report.zombies.map((zombie) => ({ ...item("zombie", "high", zombie), at: zombie.last_seen })),
    ...report.findings.items.map((finding) => item("finding", finding.severity, finding)),
    ...plain("orphan", "info", report.orphans),
    ...report.late.map((late) => ({ ...item("late", "info", late), at: late.at })),
  ];
}

/** As the rule behind the decision weighs. */
const SEVERITIES: Readonly<Record<string, string>> = { protect: "high", watch: "low" };

function severityOf(decision: string): string {
  return SEVERITIES[decision] ?? "medium";
}

function item(section: string, severity: string, { text, owner, ...place }: Note): Item {
  return { section, severity, place, text, owner, at: "", decision: "" };
}
