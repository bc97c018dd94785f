import { expect, test } from "vitest";
import { classOf, isGone, percent } from "../../../src/inventory/drift-change.ts";
import { emptyProfile } from "../../../src/model/profile.ts";

test("shares are told in per cent with one decimal", () => {
  expect(percent(0.12345)).toBe("12.3 %");
});

test("answers are counted by the first digit of their status", () => {
  expect(classOf({ ...emptyProfile(), statuses: { 200: 2, 201: 1, 404: 5 } }, "2")).toBe(3);
});

test("a thing is gone when chance alone does not explain its absence", () => {
  expect([isGone(0.95, 4), isGone(0.95, 5)]).toEqual([false, true]);
});
