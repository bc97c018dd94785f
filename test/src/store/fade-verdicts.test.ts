// Nothing to write is no statement; what is written is held by the contract suite.
import { expect, test } from "vitest";
import { fadeVerdicts } from "../../../src/store/fade-verdicts.ts";
import type { Transaction } from "../../../src/store/prisma-client.ts";

test("nothing faded", async () => {
  const tx = new Proxy({} as Transaction, {
    get() {
      throw new Error("no statement is needed");
    },
  });
  expect(await fadeVerdicts(tx, [])).toEqual([]);
});
