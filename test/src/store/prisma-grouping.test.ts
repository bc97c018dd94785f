// What comes back from columns; the statements are proven by the contract suite on a real PostgreSQL.
import { expect, test } from "vitest";
import type { Transaction } from "../../../src/store/prisma-client.ts";
import { afterRows, beforeRows, pinOf, writeGrouping } from "../../../src/store/prisma-grouping.ts";

test("a commit without grouping asks the database nothing", async () => {
  const rows = {
    routes: new Map(),
    removedRoutes: [],
    services: new Map(),
    redirects: new Map(),
    splits: new Map(),
    endpointIds: [],
  };
  const tx = {} as Transaction;
  await beforeRows(tx, rows);
  await afterRows(tx, rows);
  await expect(writeGrouping(tx, rows)).resolves.toBeUndefined();
});

test("a pin's time is a number again", () => {
  const pin = { kind: "merge", path: "/users/{}", name: null } as const;
  const row = { id: "pin_1", authority: "a.test", createdAt: new Date(5), pin };
  const read = { id: "pin_1", authority: "a.test", createdAt: 5, pin };
  expect(pinOf(row)).toEqual({ ...read, by: null });
  expect(pinOf({ ...row, pin: { ...pin, by: "ann" } })).toEqual({ ...read, by: "ann" });
});
