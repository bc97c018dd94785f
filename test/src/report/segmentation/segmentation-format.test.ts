// The contract hands a format on as it is.
import { expect, test } from "vitest";
import { defineSegmentationFormat } from "../../../../src/report/segmentation/segmentation-format.ts";

test("a format is what it was defined as", () => {
  const format = { id: "x", title: "X", mediaType: "text/x", render: () => "\n" };
  expect(defineSegmentationFormat(format)).toBe(format);
});
