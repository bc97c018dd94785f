// A format is what it was defined as.
import { expect, test } from "vitest";
import { defineReportFormat } from "../../../src/report/format.ts";

test("nothing is added or lost", () => {
  const format = { id: "x", title: "X", mediaType: "text/plain", render: () => "x\n" };
  expect(defineReportFormat(format)).toBe(format);
});
