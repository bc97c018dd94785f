// The tables every human-readable format shows; a format only decides how a table looks.
import { SEVERITIES } from "../inventory/findings.ts";
import { aiTables } from "./ai-tables.ts";
import type { PortRow } from "./ports.ts";
import { isPortCounter, portRows } from "./ports.ts";
import type { ReportRow, ReportTable } from "./report-table.ts";
import type { ScanCapture, ScanEndpoint, ScanReport } from "./scan-report.ts";
import { isApiRow, isEncryptedRow, looksAiRow } from "./summary.ts";

export type { ReportRow, ReportTable } from "./report-table.ts";

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
    {
      title: "Encrypted",
      head: ["Service", "Connections", "Bytes out", "Bytes in", "Callers", "AI"],
      rows: report.endpoints.filter(isEncryptedRow).map(encryptedRow),
    },
    ...aiTables(report.ai),
    { title: "Findings", head: ["Severity", "Rule", "Endpoint", "Why"], rows: findingRows(report) },
    {
      title: "Ports",
      head: ["Port", "Connections", "Bytes", "HTTP", "TLS closed", "TLS opened", "Other"],
      rows: portRows(report.capture.counters).map(portRow),
    },
    { title: "Capture health", head: ["Counter", "Count"], rows: healthRows(report.capture) },
    { title: "Baseline health", head: ["Counter", "Count"], rows: healthRows(report.capture.baseline) },
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
      placeOf(endpoint),
      endpoint.requests,
      distinct(endpoint.auth.map((auth) => auth.scheme)),
      distinct(endpoint.data_classes.map((found) => found.data_class)),
      aiCell(endpoint),
    ],
    mark: endpoint.standing,
  };
}

function placeOf({ authority, path, operation }: ScanEndpoint): string {
  return `${authority}${path}${operation === null ? "" : ` ${operation}`}`;
}

/** Bytes out are those of the callers. */
function encryptedRow(endpoint: ScanEndpoint): ReportRow {
  const { authority, requests, request_bytes: out, response_bytes: back } = endpoint;
  return { cells: [authority, requests, out, back, callersCell(endpoint), aiCell(endpoint)], mark: "" };
}

// The busiest; a row stays a line.
const MAX_CALLERS = 3;

function callersCell({ callers }: ScanEndpoint): string {
  const shown = callers.slice(0, MAX_CALLERS).map(({ address }) => address);
  const left = callers.length - shown.length;
  return `${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

function aiCell(endpoint: ScanEndpoint): string {
  return looksAiRow(endpoint) ? `${endpoint.ai.verdict} ${endpoint.ai.kind ?? ""}`.trimEnd() : "";
}

function findingRows(report: ScanReport): readonly ReportRow[] {
  const places = new Map(report.endpoints.map((at) => [at.id, `${at.method} ${placeOf(at)}`]));
  const worstFirst = SEVERITIES.flatMap((severity) =>
    report.findings.filter((at) => at.severity === severity),
  );
  return worstFirst.map((finding) => ({
    cells: [finding.severity, finding.rule, places.get(finding.endpoint) ?? finding.endpoint, finding.text],
    mark: finding.severity,
  }));
}

function portRow({ port, flows, bytes, http, tls, opened, opaque }: PortRow): ReportRow {
  return { cells: [port, flows, bytes, http, tls, opened, opaque], mark: "" };
}

const NOTHING_READ: ScanCapture = { inputs: [], counters: {}, weirds: {} };

function healthRows({ counters: heard, weirds: odd }: ScanCapture = NOTHING_READ): readonly ReportRow[] {
  const counters = Object.entries(heard)
    .filter(([name]) => !isPortCounter(name))
    .map((cells) => ({ cells, mark: "" }));
  const weirds = Object.entries(odd).map(([name, count]) => ({
    cells: [`odd: ${name}`, count],
    mark: "odd",
  }));
  return [...counters, ...weirds];
}

function distinct(names: readonly string[]): string {
  return [...new Set(names)].join(", ");
}
