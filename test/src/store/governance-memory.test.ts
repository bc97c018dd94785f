// What only the memory needs: rows are copied in, so that callers cannot change them later. The rest is the contract's.
import { expect, test } from "vitest";
import { createMemoryGovernance } from "../../../src/store/governance-memory.ts";
import { aFindingRecord } from "../../support/governance.ts";

test("rows are copies", async () => {
  const held = createMemoryGovernance({ decisions: new Map(), isThere: () => true, setOwner: () => {} });
  const notify = ["owner"];
  await held.putFindings([aFindingRecord({ notify })], []);
  notify.push("other");
  expect((await held.finding("fi_1"))?.notify).toEqual(["owner"]);
});
