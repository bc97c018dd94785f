// The tables every human-readable format shows; a format only decides how a table looks.
import type { ScanEndpoint, ScanReport } from "./scan-report.ts";
import { isApiRow, looksAiRow } from "./summary.ts";

export interface ReportRow {
  readonly cells: readonly (string | number)[];
  /** Word that says how much attention the row wants: a standing or a severity; "" for none. */
  readonly mark: string;
}

export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly ReportRow[];
}

/** Tables with at least one row, in reading order. Cells are raw: the format escapes them. */
export function tablesOf(report: ScanReport): readonly ReportTable[] {
  return [
    {
      title: "Services",
      head: ["Service", "Endpoints", "Shadow", "AI", "Requests"],
      rows: serviceRows(report),
    },
    {
      title: "Endpoints",
      head: ["Standing", "Method", "Endpoint", "Requests", "Auth", "Data", "AI"],
      rows: report.endpoints.filter(isApiRow).map(endpointRow),
    },
    { title: "Findings", head: ["Severity", "Rule", "Endpoint", "Why"], rows: findingRows(report) },
    { title: "Capture health", head: ["Counter", "Count"], rows: healthRows(report) },
  ].filter((table) => table.rows.length > 0);
}

function serviceRows(report: ScanReport): readonly ReportRow[] {
  return report.services.map((service) => ({
    cells: [service.authority, service.endpoints, service.shadow, service.ai, service.requests],
    mark: "",
  }));
}

function endpointRow(endpoint: ScanEndpoint): ReportRow {
  return {
    cells: [
      endpoint.confidence === "candidate" && endpoint.requests > 0
        ? `${endpoint.standing} (candidate)`
        : endpoint.standing,
      endpoint.method,
      `${endpoint.authority}${endpoint.path}${endpoint.operation === null ? "" : ` ${endpoint.operation}`}`,
      endpoint.requests,
      distinct(endpoint.auth.map((auth) => auth.scheme)),
      distinct(endpoint.data_classes.map((found) => found.data_class)),
      looksAiRow(endpoint) ? `${endpoint.ai.verdict} ${endpoint.ai.kind ?? ""}`.trimEnd() : "",
    ],
    mark: endpoint.standing,
  };
}

function findingRows(report: ScanReport): readonly ReportRow[] {
  const places = new Map(report.endpoints.map((at) => [at.id, `${at.method} ${at.authority}${at.path}`]));
  return report.findings.map((finding) => ({
    cells: [finding.severity, finding.rule, places.get(finding.endpoint) ?? finding.endpoint, finding.text],
    mark: finding.severity,
  }));
}

function healthRows(report: ScanReport): readonly ReportRow[] {
  const counters = Object.entries(report.capture.counters).map((cells) => ({ cells, mark: "" }));
  const weirds = Object.entries(report.capture.weirds).map(([name, count]) => ({
    cells: [`odd: ${name}`, count],
    mark: "odd",
  }));
  return [...counters, ...weirds];
}

function distinct(names: readonly string[]): string {
  return [...new Set(names)].join(", ");
}
