// What the desk answers: ownership with proposals from neighbours, judging at once, dry runs that keep nothing.
import { expect, test, vi } from "vitest";
import { createGovernanceDesk } from "../../../src/app/governance-desk.ts";
import { rulebookOf } from "../../../src/app/rulebook.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { unreviewed } from "../../../src/model/governance.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anEndpoint, aService, NOON } from "../../support/builders.ts";

const endpoints = ["/v1/orders/{id}", "/v1/orders/{id}/items", "/v1/orders/export"].map((path) =>
  anEndpoint({ path }),
);
const [first, second, third] = endpoints as [
  (typeof endpoints)[0],
  (typeof endpoints)[0],
  (typeof endpoints)[0],
];

async function desk() {
  const store = createMemoryStore();
  const commit = { position: null, expectedOffset: null, specRevision: 0, events: [], health: [] };
  await store.commit({ ...commit, services: [aService()], endpoints, removedEndpointIds: [] });
  const rulesChanged = vi.fn<() => void>();
  const rules = async () =>
    rulebookOf({ teams: [], files: [], specs: [] }, { policies: [], environments: [] });
  return { store, desk: createGovernanceDesk({ store, rules, now: () => NOON, rulesChanged }) };
}

const alone = (endpoint: Endpoint) => ({ endpoint, owner: null, redirectedFrom: null, merged: [] });

test("nobody named: the owner of the neighbours is proposed", async () => {
  const { store, desk: asked } = await desk();
  const owned = [first, second].map(({ id }) => ({ ...unreviewed(id), owner: "orders" }));
  await store.governance.putGovernance(owned);
  const { owner, proposals } = await asked.ownership(alone(third));
  expect([owner, proposals.map((claim) => claim.owner)]).toEqual([null, ["orders"]]);
  expect((await asked.ownership(alone(first))).owner).toMatchObject({ owner: "orders", source: "person" });
});

test("who owned what became part of it stays beside its owner", async () => {
  const { store, desk: asked } = await desk();
  const said = (endpoint: Endpoint, owner: string | null) => ({ ...unreviewed(endpoint.id), owner });
  await store.governance.putGovernance([said(first, "orders"), said(second, "carts")]);
  const part = { ...second, target: first.id, at: NOON, owner: "carts", decision: null, ai: null };
  const { owner, conflicts } = await asked.ownership({ ...alone(first), merged: [part] });
  expect([owner?.owner, conflicts]).toMatchObject(["orders", [{ owner: "carts", source: "person" }]]);
  expect(conflicts[0]?.reason).toBe(`said of ${second.method} ${second.path}, now part of it`);
});

test("what was just decided is judged before the answer", async () => {
  const { store, desk: asked } = await desk();
  await store.governance.putGovernance([{ ...unreviewed(first.id), owner: "ann" }]);
  await asked.judge([first]);
  expect((await store.endpoint(first.id))?.owner).toBe("ann");
  expect((await store.governance.findingsOf([first.id])).map(({ rule }) => rule)).toContain("shadow");
});

test("a dry run counts, and keeps nothing", async () => {
  const { store, desk: asked } = await desk();
  const run = await asked.dryRun("policies: [{ id: all, title: T, severity: low, when: { method: GET } }]");
  expect(run).toMatchObject({ endpoints: 3, policies: [{ id: "all", hits: 3 }] });
  expect(await asked.dryRun("policies: 1")).toHaveProperty("unreadable");
  expect((await store.governance.findings({}, { limit: 9, cursor: null })).items).toEqual([]);
});
