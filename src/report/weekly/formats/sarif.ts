// What the weekly report wants acted on as SARIF 2.1.0, for code-scanning dashboards.
import { jsonText } from "../../escape.ts";
import type { Item } from "../items.ts";
import { itemsOf } from "../items.ts";
import type { WeeklyReport } from "../report.ts";
import { placeText } from "../titles.ts";
import { defineWeeklyFormat } from "../weekly-format.ts";

// SARIF 2.1.0, section 3.27.10: level is one of none, note, warning, error.
const LEVELS: Readonly<Record<string, string>> = { medium: "warning", high: "error", critical: "error" };

/** Sections that want somebody to act; the rest is only told. */
const RULES: Readonly<Record<string, string>> = {
  "new-shadow": "Undocumented endpoint, new this week",
  drift: "A known endpoint changed",
  "ai-found": "Endpoint found to be AI this week",
  mcp: "MCP operation heard for the first time",
  zombie: "Retired endpoint still called",
  finding: "Finding opened this week",
};

export default defineWeeklyFormat({
  id: "sarif",
  title: "SARIF 2.1.0",
  mediaType: "application/sarif+json",
  extension: "sarif",
  render: (report) => `${jsonText(sarif(report))}\n`,
});

function sarif(report: WeeklyReport): object {
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "umbra",
            rules: Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } })),
          },
        },
        automationDetails: { id: `weekly/${report.week}` },
        results: itemsOf(report)
          .filter(({ section }) => section in RULES)
          .map((item) => resultOf(item)),
      },
    ],
  };
}

function resultOf({ section, severity, place, text, decision }: Item): object {
  const name = placeText(place);
  return {
    ruleId: section,
    level: LEVELS[severity] ?? "note",
    message: { text: [`${name}: ${text}.`, decision].filter((part) => part !== "").join(" ") },
    locations: [{ logicalLocations: [{ fullyQualifiedName: name, kind: "resource" }] }],
    partialFingerprints: { "umbraWeekly/v1": `${section}:${place.endpoint}` },
  };
}
