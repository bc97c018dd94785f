// The governance part of the store, on every store: what is put comes back, pages hold, deliveries are made once.
import { beforeEach, expect, test } from "vitest";
import type { Delivery, FindingRecord, Team } from "../../src/model/governance.ts";
import { unreviewed } from "../../src/model/governance.ts";
import { BadCursor } from "../../src/store/errors.ts";
import type { GovernanceStore } from "../../src/store/governance-store.ts";
import type { InventoryStore } from "../../src/store/store.ts";
import { anEndpoint, NOON } from "../support/builders.ts";
import { aDelivery, aFindingRecord } from "../support/governance.ts";
import { onEveryStore } from "../support/stores.ts";

const FIRST = { limit: 100, cursor: null };

onEveryStore((opened) => {
  let store: InventoryStore;
  let held: GovernanceStore;
  beforeEach(() => {
    store = opened();
    held = store.governance;
  });

  test("decisions come back by endpoint, the last one counts", async () => {
    await held.putGovernance([unreviewed("ep_1"), unreviewed("ep_2")]);
    await held.putGovernance([{ ...unreviewed("ep_1"), decision: "approved", decidedAt: NOON }]);
    const found = await held.governance(["ep_1", "ep_2", "ep_3"]);
    expect([...found.keys()].sort()).toEqual(["ep_1", "ep_2"]);
    expect(found.get("ep_1")).toMatchObject({ decision: "approved", decidedAt: NOON });
  });

  test("of endpoints that are no more, what still holds is found", async () => {
    const endpoint = anEndpoint();
    const none = { position: null, expectedOffset: null, specRevision: 0 };
    const rows = { services: [], endpoints: [endpoint], removedEndpointIds: [], events: [], health: [] };
    await store.commit({ ...none, ...rows });
    const resolved = aFindingRecord({ id: "fi_4", endpointId: "ep_z", state: "resolved" });
    const gone = ["ep_y", "ep_x", "ep_x"].map((endpointId, n) =>
      aFindingRecord({ id: `fi_${n}`, endpointId }),
    );
    await held.putFindings([aFindingRecord({ id: "fi_5", endpointId: endpoint.id }), resolved, ...gone], []);
    expect(await held.strays(10)).toEqual(["ep_x", "ep_y"]);
    expect(await held.strays(1)).toEqual(["ep_x"]);
  });

  test("owners stand on the endpoints that are there", async () => {
    const endpoint = anEndpoint();
    await store.commit({
      position: null,
      expectedOffset: null,
      specRevision: 0,
      services: [],
      endpoints: [endpoint],
      removedEndpointIds: [],
      events: [],
      health: [],
    });
    await held.putOwners(
      new Map([
        [endpoint.id, "orders"],
        ["ep_none", "nobody"],
      ]),
    );
    expect((await store.endpoint(endpoint.id))?.owner).toBe("orders");
    await held.putOwners(new Map([[endpoint.id, null]]));
    expect((await store.endpoint(endpoint.id))?.owner).toBeNull();
  });

  test("teams and owner files are kept by name, in order", async () => {
    const team = (id: string, name: string): Team => ({ id, name, contacts: [] });
    await held.putTeam(team("b", "B"));
    await held.putTeam(team("a", "A"));
    await held.putTeam(team("b", "Better"));
    expect(await held.teams()).toEqual([team("a", "A"), team("b", "Better")]);
    expect([await held.removeTeam("a"), await held.removeTeam("a")]).toEqual([true, false]);
    const file = { name: "CODEOWNERS", kind: "codeowners" as const, text: "* @a\u0000", uploadedAt: NOON };
    await held.putOwnerFile(file);
    expect(await held.ownerFiles()).toEqual([{ ...file, text: "* @a\ufffd" }]);
    expect(await held.removeOwnerFile("CODEOWNERS")).toBe(true);
    expect(await held.ownerFiles()).toEqual([]);
  });

  test("findings: the newest change first, by page and by filter", async () => {
    const records = [1, 2, 3, 4].map((n) =>
      aFindingRecord({ id: `fi_${n}`, endpointId: `ep_${n % 2}`, changedAt: NOON + Math.floor(n / 2) }),
    );
    await held.putFindings(records, []);
    const first = await held.findings({}, { limit: 3, cursor: null });
    const second = await held.findings({}, { limit: 3, cursor: first.nextCursor });
    const ids = (rows: readonly FindingRecord[]) => rows.map(({ id }) => id);
    expect([ids(first.items), ids(second.items), second.nextCursor]).toEqual([
      ["fi_4", "fi_3", "fi_2"],
      ["fi_1"],
      null,
    ]);
    expect(ids((await held.findings({ endpointId: "ep_0" }, FIRST)).items)).toEqual(["fi_4", "fi_2"]);
    for (const filter of [
      { rule: "else" },
      { state: "resolved" },
      { severity: "low" },
      { authority: "x" },
    ] as const)
      expect((await held.findings(filter, FIRST)).items).toEqual([]);
    expect(await held.finding("fi_3")).toEqual(records[2]);
    expect(await held.finding("fi_9")).toBeNull();
    expect(ids(await held.findingsOf(["ep_1"])).sort()).toEqual(["fi_1", "fi_3"]);
    await expect(held.findings({}, { limit: 1, cursor: "nonsense" })).rejects.toThrow(BadCursor);
  });

  test("a record put again replaces itself; a delivery that is there stays", async () => {
    const record = aFindingRecord();
    const delivery = aDelivery();
    await held.putFindings([record], [delivery]);
    await held.putDelivery({ ...delivery, state: "delivered", attempts: 1 });
    await held.putFindings([{ ...record, state: "resolved", changedAt: NOON + 9 }], [delivery]);
    expect(await held.finding(record.id)).toMatchObject({ state: "resolved" });
    expect((await held.deliveries(null, FIRST)).items).toMatchObject([{ state: "delivered", attempts: 1 }]);
  });

  test("of several that read the same one writes, and its news alone is told", async () => {
    const record = aFindingRecord();
    const news = (id: string) => aDelivery({ id, news: { ...aDelivery().news, finding: record } });
    const ids = async () => (await held.deliveries(null, FIRST)).items.map(({ id }) => id);
    const first = await Promise.all(["a", "b", "c"].map((id) => held.putFindings([record], [news(id)], [])));
    expect(first.filter((overtaken) => overtaken.length === 0)).toHaveLength(1);
    expect(await ids()).toHaveLength(1);
    const later = { ...record, changedAt: NOON + 1, text: "more" };
    const second = await Promise.all(["d", "e"].map((id) => held.putFindings([later], [news(id)], [record])));
    expect(second.map((overtaken) => overtaken.length).toSorted()).toEqual([0, 1]);
    expect(await ids()).toHaveLength(2);
    // Others beside it are written.
    const other = aFindingRecord({ id: "fi_0" });
    expect(await held.putFindings([record, other], [], [record])).toEqual([record.id]);
    expect(await held.finding("fi_0")).toEqual(other);
    expect(await held.finding(record.id)).toEqual(later);
  });

  test("due deliveries: pending ones whose time has come, the longest due first", async () => {
    const made: Delivery[] = [
      aDelivery({ id: "late", nextAt: NOON + 5 }),
      aDelivery({ id: "first", nextAt: NOON - 5 }),
      aDelivery({ id: "second", nextAt: NOON - 1 }),
      aDelivery({ id: "done", nextAt: NOON - 9, state: "delivered" }),
    ];
    await held.putFindings([], made);
    const take = async (now: number, limit = 10) =>
      (await held.takeDeliveries(now, now + 100, limit)).map(({ id }) => id);
    expect(await take(NOON, 1)).toEqual(["first"]);
    // What one took, nobody else gets; what was not noted as done comes again.
    expect(await take(NOON + 1)).toEqual(["second"]);
    expect(await take(NOON + 2)).toEqual([]);
    await held.putDelivery(aDelivery({ id: "second", state: "delivered" }));
    expect(await take(NOON + 150)).toEqual(["late", "first"]);
    await held.putDelivery(aDelivery({ id: "second", nextAt: NOON - 1 }));
    await held.putDelivery(aDelivery({ id: "first", nextAt: NOON - 5 }));
    await held.putDelivery(aDelivery({ id: "late", nextAt: NOON + 5 }));
    const pages = await held.deliveries("pending", { limit: 2, cursor: null });
    const rest = await held.deliveries("pending", { limit: 2, cursor: pages.nextCursor });
    expect([...pages.items, ...rest.items].map(({ id }) => id)).toEqual(["second", "late", "first"]);
  });
});
