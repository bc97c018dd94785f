// Everything the weekly report names, one line each, safe to open in a spreadsheet.
import { escapeCsv } from "../../escape.ts";
import type { Item } from "../items.ts";
import { itemsOf } from "../items.ts";
import { defineWeeklyFormat } from "../weekly-format.ts";

const COLUMNS: readonly (readonly [title: string, cell: (item: Item) => string])[] = [
  ["section", ({ section }) => section],
  ["severity", ({ severity }) => severity],
  ["method", ({ place }) => place.method],
  ["authority", ({ place }) => place.authority],
  ["path", ({ place }) => place.path],
  ["operation", ({ place }) => place.operation ?? ""],
  ["what", ({ text }) => text],
  ["owner", ({ owner }) => owner ?? ""],
  ["at", ({ at }) => at],
  ["decision", ({ decision }) => decision],
  ["endpoint", ({ place }) => place.endpoint],
  ["link", ({ place }) => place.link],
];

export default defineWeeklyFormat({
  id: "csv",
  title: "CSV, one item a line",
  mediaType: "text/csv; charset=utf-8",
  extension: "csv",
  render(report) {
    const rows = itemsOf(report).map((item) => [
      report.week,
      ...COLUMNS.map(([, cell]) => escapeCsv(cell(item))),
    ]);
    return [["week", ...COLUMNS.map(([title]) => title)], ...rows]
      .map((row) => `${row.join(",")}\r\n`)
      .join("");
  },
});
