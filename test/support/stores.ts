// Every implementation of the store, each empty when opened: what the contract suites run on.
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import type { InventoryStore } from "../../src/store/store.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { openPrismaStore } from "../../src/store/prisma-store.ts";
import type { TestPostgres } from "./postgres.ts";
import { emptyInventory, startTestPostgres } from "./postgres.ts";

interface StoreSubject {
  readonly name: string;
  start(): Promise<void>;
  open(): Promise<InventoryStore>;
  stop(): Promise<void>;
}

function prismaSubject(): StoreSubject {
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

const memorySubject: StoreSubject = {
  name: "memory",
  start: async () => undefined,
  open: async () => createMemoryStore(),
  stop: async () => undefined,
};

/** The suite on each of them; `opened` gives the one of the test, empty before it and closed behind it. */
export function onEveryStore(suite: (opened: () => InventoryStore) => void): void {
  describe.each([memorySubject, prismaSubject()])("$name", (subject) => {
    let store: InventoryStore;
    beforeAll(() => subject.start());
    beforeEach(async () => {
      store = await subject.open();
    });
    afterEach(() => store.close());
    afterAll(() => subject.stop());
    suite(() => store);
  });
}
