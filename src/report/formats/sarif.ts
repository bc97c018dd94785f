// Findings as SARIF 2.1.0, for code-scanning dashboards.
import { findingRules } from "../../inventory/findings.ts";
import { jsonText } from "../escape.ts";
import { defineReportFormat } from "../format.ts";
import type { ScanReport } from "../scan-report.ts";

// SARIF 2.1.0, section 3.27.10: level is one of none, note, warning, error.
const LEVELS: Readonly<Record<string, string>> = {
  info: "note",
  low: "note",
  medium: "warning",
  high: "error",
  critical: "error",
};

export default defineReportFormat({
  id: "sarif",
  title: "SARIF 2.1.0",
  mediaType: "application/sarif+json",
  render: (report) => `${jsonText(sarif(report))}\n`,
});

function sarif(report: ScanReport): object {
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "umbra",
            rules: findingRules.map(({ id, title, severity }) => ({
              id,
              shortDescription: { text: title },
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        results: report.findings.map((finding) => resultOf(finding, report)),
      },
    ],
  };
}

function resultOf(finding: ScanReport["findings"][number], report: ScanReport): object {
  const at = report.endpoints.find((endpoint) => endpoint.id === finding.endpoint);
  const name = at === undefined ? finding.endpoint : `${at.method} ${at.authority}${at.path}`;
  return {
    ruleId: finding.rule,
    level: LEVELS[finding.severity] ?? "warning",
    message: { text: `${name} ${finding.text}` },
    locations: [{ logicalLocations: [{ fullyQualifiedName: name, kind: "resource" }] }],
    partialFingerprints: { "umbraFinding/v1": `${finding.rule}:${finding.endpoint}` },
  };
}
