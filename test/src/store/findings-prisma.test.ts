// What only SQL needs: nothing put is no statement at all. The rest is the contract's.
import { expect, test } from "vitest";
import { createPrismaFindings } from "../../../src/store/findings-prisma.ts";
import type { Database } from "../../../src/store/prisma-client.ts";

test("findings without rows touch no table", async () => {
  const statements: unknown[] = [];
  const tx = { $executeRaw: async (statement: unknown) => void statements.push(statement) };
  const db = { ...tx, $transaction: (work: (inside: typeof tx) => Promise<void>) => work(tx) };
  await createPrismaFindings(db as unknown as Database).putFindings([], []);
  expect(statements).toEqual([]);
});
