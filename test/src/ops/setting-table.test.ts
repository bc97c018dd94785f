import { expect, test } from "vitest";
import { SETTINGS } from "../../../src/ops/setting-table.ts";

test("each has a variable and a flag of its own, and says how it must be", () => {
  const rows = Object.values(SETTINGS);
  const flags = rows.flatMap(({ flag }) => flag ?? []);
  expect(new Set(rows.map(({ env }) => env)).size).toBe(rows.length);
  expect(new Set(flags).size).toBe(flags.length);
  for (const { must } of rows) expect(must).toMatch(/^(be|have|not be) /);
});
