// What only SQL needs: ids from outside are made storable before they are looked for. The rest is the contract's.
import { expect, test } from "vitest";
import { createPrismaGovernance } from "../../../src/store/governance-prisma.ts";
import type { Database } from "../../../src/store/prisma-client.ts";

test("an id that PostgreSQL cannot hold is looked for as it would be kept", async () => {
  const asked: unknown[] = [];
  const db = {
    $queryRaw: async (_text: unknown, ...values: unknown[]) => {
      asked.push(...values);
      return [];
    },
  };
  const held = createPrismaGovernance(db as unknown as Database);
  expect((await held.governance(["ep_\u0000"])).size).toBe(0);
  expect(JSON.stringify(asked)).not.toContain("\\u0000");
});
