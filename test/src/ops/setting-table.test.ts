import { expect, test } from "vitest";
import { SETTINGS } from "../../../src/ops/setting-table.ts";

test.each([
  ["x-shop-app,caller:X-Shop-From", true],
  ["x-authorization-service", true],
  ["authorization", false],
  ["caller:Cookie", false],
  ["x-shop-app,set-cookie", false],
  ["caller:", false],
  ["x shop", false],
])("services may be named by %s: %s", (list, isFine) => {
  expect(SETTINGS.serviceHeaders.schema.safeParse(list).success).toBe(isFine);
});

test("each has a variable and a flag of its own, and says how it must be", () => {
  const rows = Object.values(SETTINGS);
  const flags = rows.flatMap(({ flag }) => flag ?? []);
  expect(new Set(rows.map(({ env }) => env)).size).toBe(rows.length);
  expect(new Set(flags).size).toBe(flags.length);
  for (const { must } of rows) expect(must).toMatch(/^(be|have|not be) /);
});
