// The weekly report as the document it is (schema in docs/weekly.schema.json).
import { jsonText } from "../../escape.ts";
import { defineWeeklyFormat } from "../weekly-format.ts";

export default defineWeeklyFormat({
  id: "json",
  title: "JSON",
  mediaType: "application/json",
  extension: "json",
  render: (report) => `${jsonText(report)}\n`,
});
