// The report as JSON, for other tools.
import { jsonText } from "../escape.ts";
import { defineReportFormat } from "../format.ts";

export default defineReportFormat({
  id: "json",
  title: "JSON (docs/scan.schema.json)",
  mediaType: "application/json",
  render: (report) => `${jsonText(report)}\n`,
});
