import { expect, test } from "vitest";
import { absenceChance, gStatistic, wilsonUpper } from "../../../src/inventory/statistics.ts";

test.each([
  [0, 0, 1],
  [10, 10, 1],
  [950, 1000, 0.967],
  [0, 100, 0.0877],
])("the upper end for %d of %d", (part, all, upper) => {
  expect(wilsonUpper(part, all)).toBeCloseTo(upper, 3);
});

test("chance of an absence", () => {
  expect(absenceChance(0.5, 10)).toBeCloseTo(1 / 1024);
  expect(absenceChance(1, 1)).toBe(0);
});

test("the G statistic is 0 for equal shares and large for unequal ones", () => {
  expect(gStatistic([90, 10], [900, 100])).toBeCloseTo(0);
  expect(gStatistic([90, 10], [10, 90])).toBeGreaterThan(100);
  expect(gStatistic([0, 0], [1, 1])).toBe(0);
});
