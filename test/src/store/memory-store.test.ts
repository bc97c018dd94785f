// What only the memory store can get wrong; everything else is in the contract suite.
import { expect, test } from "vitest";
import { createMemoryStore } from "../../../src/store/memory-store.ts";

test("every store is an inventory of its own", async () => {
  const [one, other] = [createMemoryStore(), createMemoryStore()];
  const position = { topic: "t", partition: 0, offset: 4n };
  await one.commit({
    position,
    expectedOffset: null,
    specRevision: 0,
    services: [],
    endpoints: [],
    removedEndpointIds: [],
    events: [],
    health: [],
  });
  expect(await one.position("t", 0)).toBe(4n);
  expect(await other.position("t", 0)).toBeNull();
});
