// The contract hands a format on as it is.
import { expect, test } from "vitest";
import { defineWeeklyFormat } from "../../../../src/report/weekly/weekly-format.ts";

test("a format is what it was defined as", () => {
  const format = { id: "x", title: "X", mediaType: "text/x", extension: "x", render: () => "\n" };
  expect(defineWeeklyFormat(format)).toBe(format);
});
