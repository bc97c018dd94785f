// Every implementation of the store, each empty when opened: what the contract suites run on.
import type { InventoryStore } from "../../src/store/store.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { openPrismaStore } from "../../src/store/prisma-store.ts";
import type { TestPostgres } from "./postgres.ts";
import { emptyInventory, startTestPostgres } from "./postgres.ts";

export interface StoreSubject {
  readonly name: string;
  start(): Promise<void>;
  open(): Promise<InventoryStore>;
  stop(): Promise<void>;
}

export function prismaSubject(): StoreSubject {
  let postgres: TestPostgres;
  let url = "";
  return {
    name: "PostgreSQL through Prisma",
    async start() {
      postgres = await startTestPostgres();
      url = await postgres.freshDatabase();
    },
    async open() {
      await emptyInventory(url);
      return openPrismaStore(url);
    },
    stop: () => postgres.stop(),
  };
}

export const memorySubject: StoreSubject = {
  name: "memory",
  start: async () => undefined,
  open: async () => createMemoryStore(),
  stop: async () => undefined,
};
