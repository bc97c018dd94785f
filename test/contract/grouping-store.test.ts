// What grouping keeps, in every store: routes beside their rows, pins, and ids that go on to be found.
import { beforeEach, describe, expect, test } from "vitest";
import type { AiDecision, Decision, Governance } from "../../src/model/governance.ts";
import { changed, unreviewed } from "../../src/model/governance.ts";
import type { Endpoint, InventoryEvent } from "../../src/model/inventory.ts";
import type { StoredPin } from "../../src/model/pin.ts";
import type { GroupingSketch, Route } from "../../src/model/route.ts";
import { routeText } from "../../src/model/route.ts";
import type { Commit, GroupingChange, InventoryStore, Redirect } from "../../src/store/store.ts";
import { anEndpoint, aService, NOON } from "../support/builders.ts";
import { onEveryStore } from "../support/stores.ts";

const SKETCH: GroupingSketch = {
  taus: { "O /users": 4_000_000_000 },
  badTau: null,
  halvings: 0,
  returned: { kept: { login: [1, 2] }, tau: null, rest: null },
};

function aRoute(path: string, requests = 1): Route {
  return {
    kind: "good",
    key: { method: "GET", path, declared: false, style: "rest", operation: null },
    evidence: {
      requests,
      firstSeen: NOON,
      lastSeen: NOON,
      protocol: "http/1.1",
      statuses: { "200": requests },
      callers: [7],
      authenticated: 0,
      answers: { json: requests },
      keys: [1, 4_294_967_295],
      listed: 0,
      pages: {},
      segments: [null, 12],
    },
  };
}

function aChange(given: Partial<GroupingChange> = {}): GroupingChange {
  const service = { authority: "shop.test", answered: true, sketch: SKETCH, remembered: ["/users ann"] };
  return { routes: [], removedRoutes: [], services: [service], redirects: [], splits: [], ...given };
}

type Regrouped = Commit & { readonly specRevision: number };

function aCommit(given: Partial<Regrouped> = {}): Regrouped {
  return {
    position: null,
    expectedOffset: null,
    specRevision: 0,
    services: [aService()],
    endpoints: [],
    removedEndpointIds: [],
    events: [],
    health: [],
    grouping: aChange(),
    ...given,
  };
}

function aPin(id: string, createdAt = NOON): StoredPin {
  const pin = { kind: "split", path: "/users/me", name: null } as const;
  return { id, authority: "shop.test", createdAt, by: "ann", pin };
}

function aRedirect(id: string, target: string): Redirect {
  return { id, target, authority: "shop.test", at: NOON, method: "GET", path: `/users/${id}` };
}

type Word =
  | { field: "decision"; to: Decision }
  | { field: "owner"; to: string }
  | { field: "ai"; to: AiDecision };

function word<W extends Word>(said: W) {
  return { at: NOON, by: "eve", reason: null, ...said };
}

function decided(id: string, said: Word): Governance {
  return changed(unreviewed(id), word(said));
}

const FIRST = { limit: 100, cursor: null };

onEveryStore((opened) => {
  let store: InventoryStore;
  beforeEach(() => {
    store = opened();
  });

  describe("routes", () => {
    const rows = ["a", "b"].map((id) => ({ authority: "shop.test", route: aRoute(`/users/${id}`) }));
    const paths = async (authority: string) =>
      (await store.serviceState(authority)).grouping?.routes.map(({ key }) => key.path).sort();

    test("come back with their service, to the last field", async () => {
      await store.commit(aCommit({ grouping: aChange({ routes: rows }) }));
      expect((await store.serviceState("shop.test")).grouping).toEqual({
        version: 1,
        answered: true,
        sketch: SKETCH,
        remembered: ["/users ann"],
        routes: expect.arrayContaining(rows.map(({ route }) => route)),
      });
    });
    test("are read alone, and only when they changed", async () => {
      expect(await store.grouping("shop.test", null)).toBeNull();
      await store.commit(aCommit({ grouping: aChange({ routes: rows }) }));
      const { grouping } = await store.serviceState("shop.test");
      expect(await store.grouping("shop.test", null)).toEqual(grouping);
      expect(await store.grouping("shop.test", 1)).toBe("same");
      expect(await store.grouping("shop.test", 2)).toEqual(grouping);
    });
    test("are replaced and removed one by one", async () => {
      await store.commit(aCommit({ grouping: aChange({ routes: rows }) }));
      const more = { authority: "shop.test", route: aRoute("/users/b", 9) };
      const removedRoutes = [{ authority: "shop.test", text: routeText(aRoute("/users/a")) }];
      await store.commit(aCommit({ grouping: aChange({ routes: [more], removedRoutes }) }));
      const { grouping } = await store.serviceState("shop.test");
      expect(grouping?.routes).toEqual([more.route]);
      expect(grouping?.version).toBe(2);
    });
    test("of one service are not those of another", async () => {
      await store.commit(aCommit({ grouping: aChange({ routes: rows }) }));
      const other = { authority: "other.test", answered: false, sketch: SKETCH, remembered: [] };
      await store.commit(
        aCommit({
          services: [aService({ authority: "other.test" })],
          grouping: aChange({
            services: [other],
            removedRoutes: [{ authority: "other.test", text: routeText(aRoute("/users/a")) }],
          }),
        }),
      );
      expect(await paths("shop.test")).toEqual(["/users/a", "/users/b"]);
      expect(await paths("other.test")).toEqual([]);
    });
    test("are not written by a refused commit", async () => {
      await store.commit(aCommit({ specRevision: 4, grouping: aChange({ routes: rows }) }));
      expect(await store.serviceState("shop.test")).toEqual({ service: null, endpoints: new Map() });
    });
    test("keep keys that confuse records", async () => {
      const route = aRoute("/__proto__");
      const evidence = { ...route.evidence, statuses: JSON.parse('{"__proto__": 1}') };
      const row = { authority: "shop.test", route: { ...route, evidence } };
      await store.commit(aCommit({ grouping: aChange({ routes: [row] }) }));
      const [kept] = (await store.serviceState("shop.test")).grouping?.routes ?? [];
      expect(JSON.stringify(kept?.evidence.statuses)).toBe('{"__proto__":1}');
    });
  });

  test("services nobody ever got an answer from are listed", async () => {
    const authorities = ["c.test", "a.test", "b.test"];
    const services = authorities.map((authority) => aService({ authority }));
    const rows = authorities.map((authority) => ({
      authority,
      answered: authority === "a.test",
      sketch: SKETCH,
      remembered: [],
    }));
    await store.commit(aCommit({ services, grouping: aChange({ services: rows }) }));
    expect(await store.unanswered(10)).toEqual(["b.test", "c.test"]);
    expect(await store.unanswered(1)).toEqual(["b.test"]);
  });

  describe("an endpoint that became part of another", () => {
    const [ann, bob, all] = ["ann", "bob", "all"].map((id) => anEndpoint({ id, path: `/users/${id}` }));
    if (!ann || !bob || !all) throw new Error("three endpoints");
    const merge = (from: string, target: string) =>
      store.commit(
        aCommit({
          removedEndpointIds: [from],
          grouping: aChange({ redirects: [aRedirect(from, target)] }),
        }),
      );
    beforeEach(async () => {
      await store.commit(aCommit({ endpoints: [ann, bob, all] }));
    });

    test("is found by its old id, and named by the one that took it in", async () => {
      await merge("ann", "all");
      const found = await store.endpoint("ann");
      expect(found).toMatchObject({ endpoint: { id: "all" }, redirectedFrom: "ann" });
      expect(found?.merged).toEqual([{ ...aRedirect("ann", "all"), owner: null, decision: null, ai: null }]);
      expect((await store.endpoint("all"))?.redirectedFrom).toBeNull();
    });
    test("is found through several steps", async () => {
      await merge("ann", "bob");
      await merge("bob", "all");
      expect((await store.endpoint("ann"))?.endpoint.id).toBe("all");
      expect((await store.endpoint("all"))?.merged.map(({ id }) => id)).toEqual(["ann", "bob"]);
    });
    test("is itself again when it comes back", async () => {
      await merge("ann", "all");
      await store.commit(aCommit({ endpoints: [ann] }));
      expect(await store.endpoint("ann")).toMatchObject({ endpoint: { id: "ann" }, redirectedFrom: null });
      expect((await store.endpoint("all"))?.merged).toEqual([]);
    });
    test("hands on its owner where there is none", async () => {
      await store.governance.putOwners(new Map([["ann", "team-a"]]));
      await merge("ann", "all");
      expect((await store.endpoint("all"))?.owner).toBe("team-a");
    });
    test("leaves an owner that is there, and its own beside it", async () => {
      await store.governance.putOwners(new Map([["ann", "team-a"]]));
      await store.governance.putOwners(new Map([["all", "team-all"]]));
      await merge("ann", "all");
      expect(await store.endpoint("all")).toMatchObject({
        owner: "team-all",
        merged: [{ id: "ann", owner: "team-a" }],
      });
    });
    test("hands on what people decided where nothing was, and has it back when it comes back", async () => {
      const approved = decided("ann", { field: "decision", to: "approved" });
      const said = changed(
        decided("all", { field: "owner", to: "team-all" }),
        word({ field: "ai", to: "ai" }),
      );
      const other = changed(approved, word({ field: "owner", to: "team-a" }));
      await store.governance.putGovernance([other, said]);
      await merge("ann", "all");
      expect((await store.governance.governance(["all"])).get("all")).toMatchObject({
        decision: "approved",
        decidedBy: "eve",
        decidedAt: NOON,
        owner: "team-all",
        ai: "ai",
        history: [{ field: "owner" }, { field: "ai" }, { field: "decision", to: "approved", of: "ann" }],
      });
      expect((await store.endpoint("all"))?.merged).toMatchObject([
        { id: "ann", decision: "approved", ai: null },
      ]);
      await store.commit(
        aCommit({ endpoints: [ann], grouping: aChange({ splits: [{ id: "ann", from: "all" }] }) }),
      );
      const after = await store.governance.governance(["ann", "all"]);
      expect(after.get("ann")).toEqual(other);
      expect(after.get("all")).toEqual(said);
    });
    test("without a word of people comes back without one, whatever was said of the other", async () => {
      await store.governance.putOwners(new Map([["all", "team-all"]]));
      await store.governance.putGovernance([decided("all", { field: "ai", to: "not-ai" })]);
      await merge("ann", "all");
      await store.commit(
        aCommit({ endpoints: [ann], grouping: aChange({ splits: [{ id: "ann", from: "all" }] }) }),
      );
      expect((await store.governance.governance(["ann"])).size).toBe(0);
      expect((await store.endpoint("ann"))?.owner).toBeNull();
      expect((await store.governance.governance(["all"])).get("all")?.ai).toBe("not-ai");
    });
    test("has its AI verdict decided in lists by what was said of what it took in", async () => {
      await store.governance.putGovernance([decided("ann", { field: "ai", to: "ai" })]);
      await merge("ann", "all");
      const { items } = await store.endpoints({ ai: ["confirmed"] }, "path", FIRST);
      expect(items.map(({ endpoint }) => endpoint.id)).toEqual(["all"]);
    });
    test("brings its past along", async () => {
      const event = (id: string, endpointId: string): InventoryEvent => ({
        id,
        at: NOON,
        authority: "shop.test",
        method: "GET",
        path: "/x",
        endpointId,
        type: "status-found",
        status: "500",
      });
      await store.commit(aCommit({ events: [event("e1", "ann"), event("e2", "all"), event("e3", "bob")] }));
      await merge("ann", "all");
      const events = await store.events({ endpointId: "all" }, FIRST);
      expect(events.items.map(({ id }) => id)).toEqual(["e2", "e1"]);
      expect(await store.event("e1")).toEqual(event("e1", "ann"));
      expect(await store.event("none")).toBeNull();
      expect((await store.events({ endpointId: "all", type: "auth-found" }, FIRST)).items).toEqual([]);
    });
  });

  test("an endpoint split off another inherits what was decided of it", async () => {
    await store.commit(aCommit({ endpoints: [anEndpoint({ id: "all" })] }));
    await store.governance.putGovernance([decided("all", { field: "decision", to: "ignored" })]);
    const me = anEndpoint({ id: "me", path: "/users/me" });
    const grouping = aChange({ splits: [{ id: "me", from: "all" }] });
    await store.commit(aCommit({ endpoints: [me], grouping }));
    expect((await store.governance.governance(["me"])).get("me")).toMatchObject({
      endpointId: "me",
      decision: "ignored",
      history: [{ to: "ignored", by: "eve", of: "all" }],
    });
  });

  test("an endpoint split off another inherits its owner once, and says where from", async () => {
    const all = anEndpoint({ id: "all" });
    const me = anEndpoint({ id: "me", path: "/users/me", carved: { from: "all", at: NOON, requests: 3 } });
    await store.commit(aCommit({ endpoints: [all] }));
    await store.governance.putOwners(new Map([["all", "team-a"]]));
    await store.commit(
      aCommit({ endpoints: [me], grouping: aChange({ splits: [{ id: "me", from: "all" }] }) }),
    );
    expect(await store.endpoint("me")).toMatchObject({ endpoint: me, owner: "team-a" });
    await store.governance.putOwners(new Map([["me", null]]));
    await store.commit(aCommit({ endpoints: [me] }));
    expect((await store.endpoint("me"))?.owner).toBeNull();
    const page = await store.endpoints({}, "path", FIRST);
    expect(page.items.find(({ endpoint }) => endpoint.id === "me")?.endpoint.carved).toEqual(me.carved);
    expect("carved" in ((await store.endpoint("all"))?.endpoint ?? {})).toBe(false);
  });

  describe("pins", () => {
    const add = (pin: StoredPin, specRevision = 0, version = 0) =>
      store.changePins({ add: [pin], regrouped: aCommit({ specRevision }), version });

    test("come with the documents, oldest first, and raise the revision", async () => {
      expect(await add(aPin("pin_b", NOON + 1))).toBe("committed");
      expect(await add(aPin("pin_a"), 1, 1)).toBe("committed");
      const { revision, pins } = await store.specs();
      expect(revision).toBe(2);
      expect(pins).toEqual([aPin("pin_a"), aPin("pin_b", NOON + 1)]);
    });
    test("go again", async () => {
      await add(aPin("pin_a"));
      const regrouped = aCommit({ specRevision: 1 });
      expect(await store.changePins({ removeId: "pin_a", regrouped, version: 1 })).toBe("committed");
      expect((await store.specs()).pins).toEqual([]);
    });
    test("bring the regrouped rows with them", async () => {
      const endpoint = anEndpoint({ id: "ep_1", path: "/users/me" });
      await store.changePins({ add: [aPin("p")], regrouped: aCommit({ endpoints: [endpoint] }), version: 0 });
      expect((await store.endpoint("ep_1"))?.endpoint).toEqual(endpoint);
    });
    test("are refused while documents change or the service goes on being heard", async () => {
      await store.commit(aCommit());
      expect(await add(aPin("p"), 3, 1)).toBe("stale-specs");
      expect(await add(aPin("p"), 0, 0)).toBe("stale-offset");
      expect((await store.specs()).pins).toEqual([]);
      expect(await add(aPin("p"), 0, 1)).toBe("committed");
    });
    test("that are there change nothing", async () => {
      await add(aPin("p"));
      expect(await add(aPin("p"), 7, 7)).toBe("committed");
      expect((await store.specs()).revision).toBe(1);
      const none = { removeId: "none", regrouped: aCommit({ specRevision: 9 }), version: 9 };
      expect(await store.changePins(none)).toBe("committed");
    });
    test("come several at once, whatever is there", async () => {
      await add(aPin("a"));
      const later = { ...aPin("a"), by: "bob" };
      const regrouped = aCommit({ specRevision: 1 });
      await store.changePins({ add: [later, aPin("b")], regrouped, version: 1 });
      const { revision, pins } = await store.specs();
      expect([revision, pins]).toEqual([2, [aPin("a"), aPin("b")]]);
    });
    test("make a classifier judge again", async () => {
      await add(aPin("p"));
      expect(await store.commit(aCommit({ specRevision: 0 }))).toBe("stale-specs");
    });
  });

  describe("rows regrouped by documents", () => {
    const regroup = (endpoint: Endpoint, specRevision = 0, version = 0) =>
      store.regroup({ regrouped: aCommit({ specRevision, endpoints: [endpoint] }), version });
    const endpoint = anEndpoint({ id: "ep_1", path: "/users/{name}" });

    test("are written, and make a classifier judge again", async () => {
      expect(await regroup(endpoint)).toBe("committed");
      expect((await store.endpoint("ep_1"))?.endpoint).toEqual(endpoint);
      expect(await store.commit(aCommit({ specRevision: 0 }))).toBe("stale-specs");
    });
    test("are refused while documents change or the service goes on being heard", async () => {
      await store.commit(aCommit());
      expect(await regroup(endpoint, 3, 1)).toBe("stale-specs");
      expect(await regroup(endpoint, 0, 0)).toBe("stale-offset");
      expect(await store.endpoint("ep_1")).toBeNull();
      expect(await regroup(endpoint, 0, 1)).toBe("committed");
    });
  });
});
