// The report as Markdown, for tickets and pull requests.
import { escapeMarkdown } from "../escape.ts";
import { defineReportFormat } from "../format.ts";
import { sentences } from "../summary.ts";
import type { ReportTable } from "../tables.ts";
import { tablesOf } from "../tables.ts";

export default defineReportFormat({
  id: "markdown",
  title: "Markdown",
  mediaType: "text/markdown; charset=utf-8",
  render: (report) => {
    const parts = ["# API inventory", sentences(report).join(" "), ...tablesOf(report).map(section)];
    return `${parts.join("\n\n")}\n`;
  },
});

function section({ title, head, rows }: ReportTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const body = rows.map((row) => line(row.cells.map((cell) => escapeMarkdown(String(cell)))));
  return [`## ${title}`, "", line(head), line(head.map(() => "---")), ...body].join("\n");
}
