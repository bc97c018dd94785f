// What takes back what.
import { expect, test } from "vitest";
import { undoPins } from "../../../src/inventory/undo.ts";
import type { InventoryEvent } from "../../../src/model/inventory.ts";

const OF = { id: "ev_1", at: 1, authority: "a.test", endpointId: "ep_1", method: "GET", evidence: [] };

test("a merge: each word that became a value is a route word again, once", () => {
  const event: InventoryEvent = {
    ...OF,
    type: "endpoints-merged",
    path: "/users/{userId}/{kind}",
    count: 3,
    merged: [
      { endpointId: "a", path: "/users/ann/repos" },
      { endpointId: "b", path: "/users/ann/{kind}" },
      { endpointId: "c", path: "/users/{userId}/{kind}" },
    ],
  };
  expect(undoPins(event)).toEqual([
    { kind: "split", path: "/users/ann", name: null },
    { kind: "split", path: "/users/{}/repos", name: null },
  ]);
});

test("a split: the word is a value again", () => {
  const event: InventoryEvent = {
    ...OF,
    type: "endpoint-split",
    path: "/users/me",
    from: "ep_2",
    fromPath: "/users/{userId}",
  };
  expect(undoPins(event)).toEqual([{ kind: "merge", path: "/users/me", name: null }]);
});

test("other news cannot be undone", () => {
  expect(undoPins({ ...OF, type: "status-found", path: "/", status: "500" })).toBeNull();
  expect(undoPins({ id: "e", at: 1, authority: "a.test", type: "service-discovered" })).toBeNull();
});
