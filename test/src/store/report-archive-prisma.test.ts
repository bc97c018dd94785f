// The archive in PostgreSQL keeps its contract (test/contract/report-archive.test.ts); here: a database that is away.
import { expect, test } from "vitest";
import { TransientStoreError } from "../../../src/store/errors.ts";
import { openDatabase } from "../../../src/store/prisma-client.ts";
import { createPrismaArchive } from "../../../src/store/report-archive-prisma.ts";

test("a database that is away is transient", async () => {
  const db = openDatabase("postgresql://nobody@127.0.0.1:1/none");
  const key = { week: "2026-W47", zone: "UTC", scope: "all" };
  await expect(createPrismaArchive(db).find(key)).rejects.toThrow(TransientStoreError);
  await db.$disconnect();
});
