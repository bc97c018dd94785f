// The report as JSON, for other tools.
import { defineReportFormat } from "../format.ts";

export default defineReportFormat({
  id: "json",
  title: "JSON (docs/scan.schema.json)",
  mediaType: "application/json",
  render: (report) => `${JSON.stringify(report, null, 2)}\n`,
});
