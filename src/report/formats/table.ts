// The report for a terminal: aligned columns, cut to its width.
import { escapeTerminal } from "../escape.ts";
import type { RenderOptions } from "../format.ts";
import { defineReportFormat } from "../format.ts";
import { counted } from "../../inventory/counted.ts";
import { sentences } from "../summary.ts";
import type { ReportTable } from "../tables.ts";
import { tablesOf } from "../tables.ts";

// A terminal is read, not searched: beyond this many rows JSON or CSV serve better.
const MAX_ROWS = 200;
const GAP = 2;

export default defineReportFormat({
  id: "table",
  title: "tables for a terminal",
  mediaType: "text/plain; charset=utf-8",
  render: (report, _inventory, options) =>
    `${[sentences(report).join("\n"), ...tablesOf(report).map((table) => block(table, options))].join("\n\n")}\n`,
});

function block({ title, head, rows }: ReportTable, { color, width }: RenderOptions): string {
  const shown = rows.slice(0, MAX_ROWS).map((row) => row.cells.map((cell) => escapeTerminal(String(cell))));
  const widths = fit(
    head.map((name, column) => Math.max(name.length, ...shown.map((cells) => (cells[column] ?? "").length))),
    width,
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cut(cell, widths[column] ?? 0).padEnd(widths[column] ?? 0))
      .join(" ".repeat(GAP))
      .trimEnd();
  const styled = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[22m` : text);
  const lines = [styled(1, title.toUpperCase()), styled(2, line(head)), ...shown.map(line)];
  const left = rows.length - shown.length;
  if (left > 0) lines.push(`… and ${counted(left, "more row")}: --format json or csv shows all`);
  return lines.join("\n");
}

/** Narrows the widest column until the line fits, but none below 24 columns. */
function fit(widths: readonly number[], width: number): readonly number[] {
  const fitted = [...widths];
  const total = () => fitted.reduce((sum, one) => sum + one + GAP, -GAP);
  while (total() > width) {
    const widest = fitted.indexOf(Math.max(...fitted));
    const now = fitted[widest] ?? 0;
    if (now <= 24) break;
    fitted[widest] = Math.max(24, now - (total() - width));
  }
  return fitted;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
