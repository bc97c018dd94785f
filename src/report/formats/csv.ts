// One endpoint a row, safe to open in a spreadsheet.
import { escapeCsv } from "../escape.ts";
import { defineReportFormat } from "../format.ts";
import type { ScanEndpoint } from "../scan-report.ts";

const COLUMNS: readonly (readonly [title: string, cell: (endpoint: ScanEndpoint) => string | number])[] = [
  ["id", (endpoint) => endpoint.id],
  ["authority", (endpoint) => endpoint.authority],
  ["method", (endpoint) => endpoint.method],
  ["path", (endpoint) => endpoint.path],
  ["protocol", (endpoint) => endpoint.protocol],
  ["operation", (endpoint) => endpoint.operation ?? ""],
  ["category", (endpoint) => endpoint.category],
  ["standing", (endpoint) => endpoint.standing],
  ["confidence", (endpoint) => endpoint.confidence],
  ["requests", (endpoint) => endpoint.requests],
  ["first_seen", (endpoint) => endpoint.first_seen ?? ""],
  ["last_seen", (endpoint) => endpoint.last_seen ?? ""],
  ["statuses", (endpoint) => pairs(endpoint.statuses)],
  ["auth", (endpoint) => endpoint.auth.map((auth) => auth.scheme).join(" ")],
  [
    "data_classes",
    (endpoint) => [...new Set(endpoint.data_classes.map((found) => found.data_class))].join(" "),
  ],
  ["ai_verdict", (endpoint) => endpoint.ai.verdict],
  ["ai_kind", (endpoint) => endpoint.ai.kind ?? ""],
];

export default defineReportFormat({
  id: "csv",
  title: "CSV, one endpoint a row",
  mediaType: "text/csv; charset=utf-8",
  render(report) {
    const rows = report.endpoints.map((endpoint) =>
      COLUMNS.map(([, cell]) => escapeCsv(String(cell(endpoint)))),
    );
    return [COLUMNS.map(([title]) => title), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
  },
});

function pairs(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name}:${count}`)
    .join(" ");
}
