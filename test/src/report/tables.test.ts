// Tables hold what a person looks for first, and nothing empty.
import { expect, test } from "vitest";
import { scanReport } from "../../../src/report/scan-report.ts";
import { tablesOf } from "../../../src/report/tables.ts";
import { aService, anEndpoint } from "../../support/builders.ts";

test("one shadow endpoint gives its row and its finding", () => {
  const report = scanReport({
    services: [aService()],
    endpoints: [anEndpoint({ confidence: "candidate" })],
    health: [],
  });
  expect(tablesOf(report).map(({ title, rows }) => [title, rows.map((row) => row.cells)])).toEqual([
    ["Services", [["shop.test", 1, 1, 0, 1]]],
    ["Endpoints", [["shadow (candidate)", "GET", "shop.test/orders/{orderId}", 1, "", "", ""]]],
    [
      "Findings",
      [
        [
          "medium",
          "shadow",
          "GET shop.test/orders/{orderId}",
          "answers requests but stands in no API document (no document lists it)",
        ],
      ],
    ],
  ]);
});

test("an empty report has no tables", () => {
  expect(tablesOf(scanReport({ services: [], endpoints: [], health: [] }))).toEqual([]);
});
