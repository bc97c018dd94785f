// What `umbra start` prints when it is up: what was found, and where to look next.
import { escapeTerminal } from "./escape.ts";
import type { ScanEndpoint, ScanReport } from "./scan-report.ts";
import { isApiRow, isEncryptedRow, looksAiRow, sentences } from "./summary.ts";

export interface StartSummaryOptions {
  /** Base address of the API. */
  readonly url: string;
  /** Neither inputs nor the sample traffic were asked for: say how to send traffic. */
  readonly nothingAsked: boolean;
  readonly color: boolean;
  /** Whoever asks needs a token. */
  readonly secured?: boolean;
}

// What fits one screen together with the rest; the API has all.
const MAX_LISTED = 8;

export function startSummary(report: ScanReport, options: StartSummaryOptions): string {
  const { nothingAsked, color } = options;
  const bold = (text: string) => (color ? `\u001b[1m${text}\u001b[22m` : text);
  const parts = report.services.length === 0 && nothingAsked ? [howToSend()] : found(report, bold);
  return `\n${[...parts, whereToLook(report, options, bold)].join("\n\n")}\n`;
}

function found(report: ScanReport, bold: (text: string) => string): readonly string[] {
  const apis = report.endpoints.filter(isApiRow);
  const parts = [sentences(report).join("\n")];
  const shadow = apis.filter((endpoint) => endpoint.standing === "shadow" && !looksAiRow(endpoint));
  const groups: readonly (readonly [string, readonly ScanEndpoint[]])[] = [
    ["Shadow endpoints", shadow],
    ["Looks like AI", report.endpoints.filter(looksAiRow)],
    ["Retired but still called", apis.filter((endpoint) => endpoint.standing === "zombie")],
  ];
  for (const [title, endpoints] of groups) {
    if (endpoints.length > 0) parts.push(`${bold(title)}\n${listed(endpoints)}`);
  }
  return parts;
}

function listed(endpoints: readonly ScanEndpoint[]): string {
  const lines = endpoints.slice(0, MAX_LISTED).map(lineOf);
  if (endpoints.length > lines.length) lines.push(`  … and ${endpoints.length - lines.length} more`);
  return lines.join("\n");
}

function lineOf(endpoint: ScanEndpoint): string {
  const remarks = [
    endpoint.ai.kind === null || !looksAiRow(endpoint) ? "" : `${endpoint.ai.kind}, ${endpoint.ai.verdict}`,
    endpoint.operation ?? "",
    ...new Set(endpoint.data_classes.map((found) => found.data_class)),
  ].filter((remark) => remark !== "");
  const method = isEncryptedRow(endpoint) ? "TLS" : endpoint.method;
  const place = `${method.padEnd(5)} ${endpoint.authority}${endpoint.path}`;
  return escapeTerminal(`  ${place}${remarks.length === 0 ? "" : `  (${remarks.join(", ")})`}`);
}

function howToSend(): string {
  return [
    "The inventory is empty. Send it traffic:",
    "  umbra start capture.pcap traffic.har access.log     read files",
    "  tcpdump -i eth0 -U -s 0 -w - 'tcp port 80' | umbra start -     listen to an interface",
    "  umbra start --demo     look at the bundled sample traffic first",
  ].join("\n");
}

function whereToLook(
  report: ScanReport,
  { url, secured = false }: StartSummaryOptions,
  bold: (text: string) => string,
): string {
  const curl = secured ? 'curl -H "authorization: Bearer $UMBRA_API_TOKEN"' : "curl";
  const busiest = [...report.services].sort((a, b) => b.requests - a.requests)[0];
  const lines = [
    `${bold("Next")}`,
    `  ${curl} '${url}/api/v1/endpoints?standing=shadow&category=api'`,
    ...(busiest === undefined
      ? []
      : [`  ${curl} '${url}/api/v1/services/${encodeURIComponent(busiest.authority)}/openapi'`]),
    `  ${curl} --data-binary @openapi.yaml -H 'content-type: application/yaml' '${url}/api/v1/specs?name=openapi.yaml'`,
    `API on ${url}/api/v1 (described by ${url}/api/v1/openapi.json); Ctrl-C stops, the inventory stays.`,
  ];
  return lines.join("\n");
}
