// One is singular, nothing and many are plural, thousands are grouped.
import { expect, test } from "vitest";
import { counted } from "../../../src/inventory/counted.ts";

test.each([
  [0, "0 requests"],
  [1, "1 request"],
  [1_200, "1,200 requests"],
])("%i", (count, said) => {
  expect(counted(count, "request")).toBe(said);
});
