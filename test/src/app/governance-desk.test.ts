// What the desk answers: ownership with proposals from neighbours, judging at once, dry runs that keep nothing.
import { expect, test, vi } from "vitest";
import { createGovernanceDesk } from "../../../src/app/governance-desk.ts";
import { rulebookOf } from "../../../src/app/rulebook.ts";
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

test("nobody named: the owner of the neighbours is proposed", async () => {
  const { store, desk: asked } = await desk();
  const owned = [first, second].map(({ id }) => ({ ...unreviewed(id), owner: "orders" }));
  await store.governance.putGovernance(owned);
  const { owner, proposals } = await asked.ownership(third);
  expect([owner, proposals.map((claim) => claim.owner)]).toEqual([null, ["orders"]]);
  expect((await asked.ownership(first)).owner).toMatchObject({ owner: "orders", source: "person" });
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
