// The index finds rows by identity, keeps routes, and hands itself on without changing what others hold.
import { describe, expect, test } from "vitest";
import type { Basis } from "../../../src/app/service-index.ts";
import { leaveIndex, ServiceIndex, takeIndex } from "../../../src/app/service-index.ts";
import { LIMITS } from "../../../src/inventory/limits.ts";
import { endpointId, identityKey } from "../../../src/model/identity.ts";
import type { Endpoint, ServiceState } from "../../../src/model/inventory.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { anEndpoint } from "../inventory/an-endpoint.ts";

const BASIS: Basis = {
  authority: "shop.test",
  limits: LIMITS,
  matcher: createMatcher([]),
  grouping: { documentTemplates: [], pins: [] },
};
const one = anEndpoint({ path: "/a" });
const two = anEndpoint({ path: "/b" });
const stateWith = (...rows: readonly Endpoint[]): ServiceState => ({
  service: null,
  endpoints: new Map(rows.map((row) => [row.id, row])),
});

test("put, find, remove", () => {
  const known = stateWith(one);
  const index = new ServiceIndex(known, BASIS);
  index.put(two);
  const moved = { ...one, path: "/c" };
  index.put(moved);
  expect(index.find(identityKey(one))).toBeNull();
  expect(index.find(identityKey(moved))).toBe(moved);
  expect(index.changed()).toEqual([two, moved]);
  index.remove(two);
  index.remove(moved);
  expect(index.changed()).toEqual([]);
  expect(index.removedFrom(known)).toEqual([one.id]);
  expect(known.endpoints.get(one.id)).toBe(one);
});

test("an id that went elsewhere with its endpoint is given to no other", () => {
  const index = new ServiceIndex(stateWith({ ...one, path: "/moved" }), BASIS);
  const free = index.freeId(one);
  expect(free).not.toBe(one.id);
  index.put({ ...one, id: free });
  expect([one.id, free]).not.toContain(index.freeId(one));
  expect(index.freeId(two)).toBe(endpointId(two));
});

test("rows stored without routes are taken for their own, to be written once", () => {
  const index = new ServiceIndex(stateWith(one, anEndpoint({ facts: null, path: "/orphan" })), BASIS);
  const { written } = index.routes.takeChanges();
  expect(written.map(({ key }) => key.path)).toEqual(["/a"]);
  const grouping = {
    version: 1,
    answered: true,
    routes: written,
    sketch: index.routes.sketch(),
    remembered: [],
  };
  const again = new ServiceIndex({ ...stateWith(one), grouping }, BASIS);
  expect([...again.routes.rows()]).toEqual(written);
  expect(again.routes.takeChanges().written).toEqual([]);
});

describe("handing on", () => {
  test("an index serves the next batch once", () => {
    const state = stateWith(one);
    const index = new ServiceIndex(state, BASIS);
    leaveIndex(state, index);
    expect(takeIndex(state, { ...BASIS })).toBe(index);
    expect(takeIndex(state, BASIS)).not.toBe(index);
  });
  test.each([
    ["limits", { limits: { ...LIMITS, noise: 1 } }],
    ["documents", { matcher: createMatcher([]) }],
    ["pins", { grouping: { ...BASIS.grouping, pins: [] } }],
    ["templates", { grouping: { ...BASIS.grouping, documentTemplates: [] } }],
  ])("other %s want another one", (_what, over) => {
    const state = stateWith(one);
    const index = new ServiceIndex(state, BASIS);
    leaveIndex(state, index);
    expect(takeIndex(state, { ...BASIS, ...over })).not.toBe(index);
  });
});
