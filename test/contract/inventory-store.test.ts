// One contract, every store: what the memory store promises, PostgreSQL keeps, and the other way round.
import { beforeEach, describe, expect, test } from "vitest";
import type { Spec } from "../../src/model/document.ts";
import { unreviewed } from "../../src/model/governance.ts";
import type { CaptureHealth } from "../../src/model/health.ts";
import type { Endpoint, InventoryEvent } from "../../src/model/inventory.ts";
import { NO_AI } from "../../src/model/inventory.ts";
import { BadCursor } from "../../src/store/errors.ts";
import { storableKey } from "../../src/store/storable.ts";
import type { Commit, EndpointFilter, EndpointSort, InventoryStore, Judged } from "../../src/store/store.ts";
import { anEndpoint, aService, NOON, someFacts } from "../support/builders.ts";
import { onEveryStore } from "../support/stores.ts";

function aCommit(given: Partial<Judged> = {}): Judged {
  return {
    position: null,
    expectedOffset: null,
    specRevision: 0,
    services: [],
    endpoints: [],
    removedEndpointIds: [],
    events: [],
    health: [],
    ...given,
  };
}

function at(offset: bigint, partition = 0): Commit["position"] {
  return { topic: "umbra.sightings.v1", partition, offset };
}

function aSpec(id: string, given: Partial<Spec> = {}): Spec {
  const document = {
    title: "Shop",
    version: "1",
    dialect: "3.1.0",
    servers: [{ authority: "shop.test", basePath: "/v1" }],
    operations: [{ method: "GET", path: "/orders", operationId: null, deprecated: false, tags: ["a"] }],
  };
  return { id, name: `${id}.yaml`, authorities: ["shop.test"], uploadedAt: NOON, document, ...given };
}

function anEvent(
  id: string,
  when: number,
  endpointId = "ep_1",
): Extract<InventoryEvent, { type: "status-found" }> {
  const endpoint = { endpointId, method: "GET", path: "/orders" };
  return { id, at: when, authority: "shop.test", type: "status-found", status: "500", ...endpoint };
}

function anOrphan(id: string): Endpoint {
  return anEndpoint({ id, path: `/orphan/${id}`, standing: "orphan", facts: null });
}

const FIRST = { limit: 100, cursor: null };
/** Of an endpoint that took in no other. */
const ALONE = { redirectedFrom: null, merged: [] };

async function ids(
  store: InventoryStore,
  filter: EndpointFilter,
  sort: EndpointSort = "path",
): Promise<string[]> {
  return (await store.endpoints(filter, sort, FIRST)).items.map(({ endpoint }) => endpoint.id);
}

/** All pages, one after the other; `between` runs after each. */
async function walk<T>(
  next: (cursor: string | null) => Promise<{ items: readonly T[]; nextCursor: string | null }>,
  between: () => Promise<void> = async () => undefined,
): Promise<T[][]> {
  const pages: T[][] = [];
  for (let cursor: string | null = null; ;) {
    const page = await next(cursor);
    pages.push([...page.items]);
    if (page.nextCursor === null) return pages;
    cursor = page.nextCursor;
    await between();
  }
}

onEveryStore((opened) => {
  let store: InventoryStore;
  beforeEach(() => {
    store = opened();
  });

  describe("commit", () => {
    test("what was committed is found, to the last field", async () => {
      const facts = someFacts({
        requests: 3,
        auth: [{ scheme: "bearer-jwt", name: "authorization", requests: 3, successes: 2 }],
        dataClasses: [{ dataClass: "email", place: "response.body", field: "user.email", exchanges: 1 }],
        latency: { "12": 2, "14": 1 },
        distinctCallers: [1, 4_294_967_295],
        sources: { capture: 3 },
      });
      const ai = {
        verdict: "likely",
        score: 0.8123456789,
        kind: "chat-completion",
        role: "provider",
        formats: ["openai-chat"],
        evidence: [{ group: "path", weight: -1.5, text: "ends with /chat", count: 2 }],
      } as const;
      const endpoint = anEndpoint({
        parameters: [{ name: "orderId", class: "int" }],
        style: "graphql",
        operation: "query GetUser",
        specIds: ["s1", "s2"],
        ai,
        facts,
      });
      const orphan = anOrphan("ep_orphan");
      const service = aService({ requests: 4_503_599_627_370_497 });
      expect(await store.commit(aCommit({ services: [service], endpoints: [endpoint, orphan] }))).toBe(
        "committed",
      );
      expect(await store.endpoint(endpoint.id)).toEqual({ endpoint, owner: null, ...ALONE });
      const state = await store.serviceState("shop.test");
      expect(state.service).toEqual(service);
      expect([...state.endpoints].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual(
        [endpoint, orphan]
          .map((each) => [each.id, each])
          .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      );
    });

    test("what nobody committed is not there", async () => {
      expect(await store.endpoint("ep_none")).toBeNull();
      expect(await store.serviceState("none.test")).toEqual({ service: null, endpoints: new Map() });
      expect(await store.position("umbra.sightings.v1", 0)).toBeNull();
      expect(await store.specs()).toEqual({ revision: 0, specs: [], pins: [] });
      expect(await store.specSource("none")).toBeNull();
      expect(await store.health()).toEqual([]);
      expect(await store.services(FIRST)).toEqual({ items: [], nextCursor: null });
      await store.ping();
    });

    test("a row committed again is replaced, a removed one is gone", async () => {
      const [first, second] = [anEndpoint({ id: "ep_1" }), anEndpoint({ id: "ep_2" })];
      await store.commit(aCommit({ services: [aService()], endpoints: [first, second] }));
      const changed = { ...first, standing: "documented" as const, facts: someFacts({ requests: 9 }) };
      const service = aService({ requests: 9, lastSeen: NOON + 90_000 });
      await store.commit(
        aCommit({ services: [service], endpoints: [changed], removedEndpointIds: ["ep_2", "ep_never"] }),
      );
      expect(await store.serviceState("shop.test")).toEqual({
        service,
        endpoints: new Map([["ep_1", changed]]),
      });
    });

    test("an endpoint both removed and written in one commit stays", async () => {
      await store.commit(aCommit({ endpoints: [anEndpoint({ id: "ep_1" })], removedEndpointIds: ["ep_1"] }));
      expect(await store.endpoint("ep_1")).not.toBeNull();
    });

    test("of rows with one id in a commit the last counts", async () => {
      const rows = ["/a", "/b"].map((path) => anEndpoint({ id: "ep_1", path }));
      await store.commit(aCommit({ endpoints: rows }));
      expect((await store.endpoint("ep_1"))?.endpoint.path).toBe("/b");
    });
  });

  describe("position", () => {
    test("moves with the commit, each partition for itself", async () => {
      const far = 2n ** 53n + 1n;
      expect(await store.commit(aCommit({ position: at(far) }))).toBe("committed");
      expect(await store.commit(aCommit({ position: at(far + 5n), expectedOffset: far }))).toBe("committed");
      expect(await store.commit(aCommit({ position: at(0n, 1) }))).toBe("committed");
      expect(await store.position("umbra.sightings.v1", 0)).toBe(far + 5n);
      expect(await store.position("umbra.sightings.v1", 1)).toBe(0n);
      expect(await store.position("umbra.other", 0)).toBeNull();
    });

    test.each([
      ["nothing was stored, something expected", [], 4n],
      ["something was stored, nothing expected", [7n], null],
      ["another offset was stored", [7n], 6n],
    ])("a stale offset writes nothing: %s", async (_, stored, expectedOffset) => {
      for (const offset of stored) await store.commit(aCommit({ position: at(offset) }));
      const late = aCommit({
        position: at(9n),
        expectedOffset,
        services: [aService()],
        endpoints: [anEndpoint({ id: "ep_1" })],
        events: [anEvent("e", NOON)],
        health: [{ collector: "a", from: null, to: null, counters: { packets: 1 }, weirds: {} }],
      });
      expect(await store.commit(late)).toBe("stale-offset");
      expect(await store.position("umbra.sightings.v1", 0)).toBe(stored[0] ?? null);
      expect(await store.endpoint("ep_1")).toBeNull();
      expect((await store.services(FIRST)).items).toEqual([]);
      expect((await store.events({}, FIRST)).items).toEqual([]);
      expect(await store.health()).toEqual([]);
    });

    test("of two committers with the same expectation one wins", async () => {
      const commits = Array.from({ length: 8 }, (_, index) =>
        aCommit({ position: at(BigInt(index)), endpoints: [anEndpoint({ id: `ep_${index}` })] }),
      );
      const results = await Promise.all(commits.map((commit) => store.commit(commit)));
      expect(results.toSorted()).toEqual(["committed", ...Array(7).fill("stale-offset")]);
      const winner = results.indexOf("committed");
      expect(await store.position("umbra.sightings.v1", 0)).toBe(BigInt(winner));
      expect(await ids(store, {})).toEqual([`ep_${winner}`]);
    });
  });

  describe("specs", () => {
    test("a spec and the standings judged with it arrive together", async () => {
      const endpoint = anEndpoint({ id: "ep_1" });
      await store.commit(aCommit({ endpoints: [endpoint] }));
      const judged = {
        ...endpoint,
        standing: "documented",
        standingReason: "in it",
        specIds: ["s1"],
      } as const;
      const orphan = anOrphan("ep_orphan");
      const events = [anEvent("e", NOON)];
      const spec = aSpec("s1");
      expect(
        await store.addSpec(spec, "openapi: 3.1.0", aCommit({ endpoints: [judged, orphan], events })),
      ).toBe("committed");
      expect(await store.specs()).toEqual({ revision: 1, specs: [spec], pins: [] });
      expect(await store.specSource("s1")).toBe("openapi: 3.1.0");
      expect((await store.endpoint("ep_1"))?.endpoint).toEqual(judged);
      expect((await store.endpoint("ep_orphan"))?.endpoint).toEqual(orphan);
      expect((await store.events({}, FIRST)).items).toEqual(events);
    });

    test("a commit judged by older specs writes nothing", async () => {
      await store.addSpec(aSpec("s1"), "", aCommit());
      const late = aCommit({ position: at(1n), endpoints: [anEndpoint({ id: "ep_1" })] });
      expect(await store.commit(late)).toBe("stale-specs");
      expect(await store.endpoint("ep_1")).toBeNull();
      expect(await store.position("umbra.sightings.v1", 0)).toBeNull();
      expect(await store.commit({ ...late, specRevision: 1 })).toBe("committed");
    });

    test("a change judged by older specs changes nothing", async () => {
      await store.addSpec(aSpec("s1"), "", aCommit());
      expect(await store.addSpec(aSpec("s2"), "", aCommit({ endpoints: [anOrphan("ep_o")] }))).toBe(
        "stale-specs",
      );
      expect(await store.removeSpec("s1", aCommit({ endpoints: [anOrphan("ep_o")] }))).toBe("stale-specs");
      expect(await store.specs()).toEqual({ revision: 1, specs: [aSpec("s1")], pins: [] });
      expect(await store.endpoint("ep_o")).toBeNull();
    });

    test("standings judged again touch nothing that traffic brought", async () => {
      const endpoint = anEndpoint({ id: "ep_1" });
      await store.commit(aCommit({ endpoints: [endpoint] }));
      const stale = { ...endpoint, standing: "documented", standingReason: "in it", facts: null } as const;
      expect(await store.rejudge(aCommit({ specRevision: 7, endpoints: [stale] }))).toBe("stale-specs");
      const judged = { ...endpoint, standing: "documented", standingReason: "in it" } as const;
      const older = { ...judged, facts: someFacts({ requests: 0 }) };
      expect(await store.rejudge(aCommit({ endpoints: [older] }))).toBe("committed");
      expect((await store.endpoint("ep_1"))?.endpoint).toEqual(judged);
      expect((await store.specs()).revision).toBe(0);
    });

    test("what nobody judged needs no revision", async () => {
      await store.addSpec(aSpec("s1"), "", aCommit());
      const health = { collector: "a", from: NOON, to: NOON, counters: { packets: 1 }, weirds: {} };
      expect(await store.commit({ ...aCommit({ health: [health] }), specRevision: null })).toBe("committed");
      expect(await store.health()).toEqual([health]);
    });

    test("the same spec again, or the removal of none, changes nothing", async () => {
      await store.addSpec(aSpec("s1"), "first", aCommit());
      const judged = aCommit({ specRevision: 1, endpoints: [anOrphan("ep_o")] });
      expect(await store.addSpec(aSpec("s1", { name: "other" }), "second", judged)).toBe("committed");
      expect(await store.removeSpec("s9", judged)).toBe("committed");
      expect(await store.specs()).toEqual({ revision: 1, specs: [aSpec("s1")], pins: [] });
      expect(await store.specSource("s1")).toBe("first");
      expect(await store.endpoint("ep_o")).toBeNull();
    });

    test("removal takes the orphans along and moves the revision on", async () => {
      await store.addSpec(
        aSpec("s1"),
        "",
        aCommit({ endpoints: [anOrphan("ep_o"), anEndpoint({ id: "ep_1" })] }),
      );
      const shadow = anEndpoint({ id: "ep_1", standing: "shadow", standingReason: "again" });
      const judged = aCommit({ specRevision: 1, endpoints: [shadow], removedEndpointIds: ["ep_o"] });
      expect(await store.removeSpec("s1", judged)).toBe("committed");
      expect(await store.specs()).toEqual({ revision: 2, specs: [], pins: [] });
      expect(await store.specSource("s1")).toBeNull();
      expect(await ids(store, {})).toEqual(["ep_1"]);
      expect((await store.endpoint("ep_1"))?.endpoint.standingReason).toBe("again");
    });

    test("traffic counted while a spec was judged is not lost", async () => {
      const before = anEndpoint({ id: "ep_1", facts: someFacts({ requests: 1 }) });
      const after = { ...before, facts: someFacts({ requests: 5 }) };
      const met = { ...anOrphan("ep_o"), standing: "documented", facts: someFacts() } as const;
      await store.commit(aCommit({ endpoints: [after, met] }));
      const judged = { ...before, standing: "zombie" as const, standingReason: "deprecated" };
      await store.addSpec(
        aSpec("s1"),
        "",
        aCommit({ endpoints: [judged, anOrphan("ep_o")], removedEndpointIds: ["ep_o"] }),
      );
      expect((await store.endpoint("ep_1"))?.endpoint).toEqual({
        ...after,
        standing: "zombie",
        standingReason: "deprecated",
      });
      expect((await store.endpoint("ep_o"))?.endpoint).toEqual(met);
    });

    test("specs come in order of upload", async () => {
      await store.addSpec(aSpec("s2", { uploadedAt: NOON }), "", aCommit());
      await store.addSpec(aSpec("s1", { uploadedAt: NOON }), "", aCommit({ specRevision: 1 }));
      await store.addSpec(aSpec("s3", { uploadedAt: NOON - 1 }), "", aCommit({ specRevision: 2 }));
      expect((await store.specs()).specs.map(({ id }) => id)).toEqual(["s3", "s1", "s2"]);
    });

    test("of changes judged by the same specs one wins", async () => {
      const results = await Promise.all(["a", "b", "c"].map((id) => store.addSpec(aSpec(id), "", aCommit())));
      expect(results.toSorted()).toEqual(["committed", "stale-specs", "stale-specs"]);
      expect((await store.specs()).revision).toBe(1);
    });
  });

  describe("owner", () => {
    test("is set, cleared, and survives what classifiers write", async () => {
      const endpoint = anEndpoint({ id: "ep_1" });
      await store.commit(aCommit({ endpoints: [endpoint] }));
      await store.governance.putOwners(new Map([["ep_1", "team-payments"]]));
      await store.commit(aCommit({ endpoints: [{ ...endpoint, category: "page" }] }));
      expect(await store.endpoint("ep_1")).toEqual({
        endpoint: { ...endpoint, category: "page" },
        owner: "team-payments",
        ...ALONE,
      });
      await store.governance.putOwners(new Map([["ep_1", null]]));
      expect((await store.endpoint("ep_1"))?.owner).toBeNull();
    });
  });

  describe("what people decide about AI verdicts", () => {
    const decided = async (id: string, ai: "ai" | "not-ai" | null) =>
      store.governance.putGovernance([{ ...unreviewed(id), ai }]);
    const found = async (ai: readonly ("confirmed" | "none")[]) => {
      const { items } = await store.endpoints({ ai }, "path", { limit: 10, cursor: null });
      return items.map(({ endpoint, aiDecision }) => [
        endpoint.id,
        endpoint.ai.verdict,
        aiDecision ?? "evidence",
      ]);
    };

    test("stands in lists, filters and counts, survives what classifiers write, and can be taken back", async () => {
      const shown = { category: "api", standing: "shadow" } as const;
      const rows = [
        anEndpoint({ ...shown, id: "a", path: "/a", ai: { ...NO_AI, verdict: "confirmed" } }),
        anEndpoint({ ...shown, id: "b", path: "/b" }),
      ];
      await store.commit(aCommit({ services: [aService()], endpoints: rows }));
      await decided("a", "not-ai");
      await decided("b", "ai");
      await store.commit(aCommit({ endpoints: rows }));
      expect(await found(["confirmed"])).toEqual([["b", "confirmed", "ai"]]);
      expect(await found(["none"])).toEqual([["a", "none", "not-ai"]]);
      const { items } = await store.services({ limit: 10, cursor: null });
      expect(items[0]?.ai).toBe(1);
      await decided("a", null);
      await decided("b", null);
      expect(await found(["confirmed"])).toEqual([["a", "confirmed", "evidence"]]);
      expect(await found(["none"])).toEqual([["b", "none", "evidence"]]);
    });

    test("faded verdicts are written with their news, unless the endpoint was heard meanwhile", async () => {
      const ai = { ...NO_AI, verdict: "confirmed" } as const;
      const row = (id: string, lastSeen: number) =>
        anEndpoint({ id, path: `/${id}`, ai, facts: { ...someFacts(), lastSeen } });
      await store.commit(aCommit({ endpoints: [row("a", NOON), row("b", NOON + 1)] }));
      const { authority, method } = anEndpoint();
      const faded = ["a", "b"].map((id) => ({
        endpoint: { ...row(id, NOON), category: "page" as const, ai: NO_AI },
        event: {
          id: `ev_${id}`,
          type: "ai-verdict-changed" as const,
          from: "confirmed" as const,
          to: "none" as const,
          at: NOON,
          authority,
          method,
          path: `/${id}`,
          endpointId: id,
        },
      }));
      expect(await store.fadeVerdicts(faded)).toEqual(["a"]);
      expect((await store.endpoint("a"))?.endpoint).toEqual({ ...row("a", NOON), ai: NO_AI });
      expect((await store.endpoint("b"))?.endpoint.ai).toEqual(ai);
      expect((await found(["none"])).map(([id]) => id)).toEqual(["a"]);
      const { items } = await store.events({}, { limit: 9, cursor: null });
      expect(items.map(({ id }) => id)).toEqual(["ev_a"]);
    });

    test("what classifiers read is what the evidence says", async () => {
      await store.commit(aCommit({ endpoints: [anEndpoint({ id: "a" })] }));
      await decided("a", "ai");
      const { endpoints } = await store.serviceState(anEndpoint().authority);
      expect(endpoints.get("a")?.ai.verdict).toBe("none");
      expect((await store.endpoint("a"))?.endpoint.ai.verdict).toBe("none");
    });
  });

  describe("filters", () => {
    const seen = (first: number, last: number): Endpoint["facts"] =>
      someFacts({ firstSeen: NOON + first, lastSeen: NOON + last });
    const rows: readonly Endpoint[] = [
      anEndpoint({ id: "a", path: "/a/Orders", authority: "one.test", facts: seen(0, 10) }),
      anEndpoint({ id: "b", path: "/b/100%_of", method: "POST", standing: "documented", facts: seen(5, 20) }),
      anEndpoint({ id: "c", path: String.raw`/c/1000\of`, category: "page", facts: seen(10, 30) }),
      anEndpoint({ id: "d", path: "/d", confidence: "noise", ai: { ...NO_AI, verdict: "watch" } }),
      anEndpoint({ id: "e", path: "/e", ai: { ...NO_AI, verdict: "confirmed" }, facts: seen(5, 5) }),
      anEndpoint({
        id: "f",
        path: "/f/orders",
        facts: someFacts({
          auth: [
            { scheme: "none", name: null, requests: 1, successes: 1 },
            { scheme: "basic", name: "authorization", requests: 1, successes: 0 },
          ],
          dataClasses: [
            { dataClass: "email", place: "request.query", field: "q", exchanges: 1 },
            { dataClass: "email", place: "request.body", field: "q", exchanges: 1 },
            { dataClass: "iban", place: "request.body", field: "q", exchanges: 1 },
          ],
          firstSeen: NOON - 100,
          lastSeen: NOON - 50,
        }),
      }),
      anOrphan("g"),
    ];
    beforeEach(async () => {
      await store.commit(aCommit({ endpoints: rows }));
      await store.governance.putOwners(new Map([["b", "team-b"]]));
      await store.governance.putGovernance([unreviewed("a"), { ...unreviewed("c"), decision: "approved" }]);
    });

    const cases: readonly (readonly [EndpointFilter, string])[] = [
      [{}, "abcdefg"],
      [{ authority: "one.test" }, "a"],
      [{ authority: "ONE.test" }, ""],
      [{ method: "POST" }, "b"],
      [{ pathText: "oRDERS" }, "af"],
      [{ pathText: "%" }, "b"],
      [{ pathText: "_" }, "b"],
      [{ pathText: "\\" }, "c"],
      [{ pathText: "100%_o" }, "b"],
      [{ pathText: "' or true --" }, ""],
      [{ pathText: "" }, "abcdefg"],
      [{ standing: "documented" }, "b"],
      [{ standing: "orphan" }, "g"],
      [{ confidence: "noise" }, "d"],
      [{ category: "page" }, "c"],
      [{ ai: ["watch", "confirmed"] }, "de"],
      [{ ai: ["likely"] }, ""],
      [{ ai: [] }, ""],
      [{ dataClass: "email" }, "f"],
      [{ dataClass: "emai" }, ""],
      [{ auth: "basic" }, "f"],
      [{ auth: "none" }, "f"],
      [{ owner: "team-b" }, "b"],
      [{ owned: true }, "b"],
      [{ owned: false }, "acdefg"],
      [{ decision: "approved" }, "c"],
      [{ decision: "unreviewed" }, "abdefg"],
      [{ quiet: { since: NOON + 5, is: true } }, "ef"],
      [{ quiet: { since: NOON + 5, is: false } }, "abcdg"],
      [{ quiet: { since: NOON + 5, is: true }, confidence: "noise" }, ""],
      [{ firstSeenFrom: NOON + 5 }, "bce"],
      [{ firstSeenTo: NOON - 100 }, "f"],
      [{ lastSeenFrom: NOON + 10, lastSeenTo: NOON + 20 }, "ab"],
      [{ firstSeenTo: Number.MAX_VALUE }, "abcdef"],
      [{ firstSeenFrom: -1 }, "abcdef"],
      [{ pathText: "/", category: "api", method: "GET", firstSeenFrom: NOON + 1 }, "e"],
      [{ authority: "a\0", method: "\ud800", owner: "'; drop table endpoints; --" }, ""],
    ];
    test.each(cases)("%j gives %s", async (filter, expected) => {
      expect((await ids(store, filter)).join("")).toBe(expected);
    });
  });

  describe("orders", () => {
    beforeEach(async () => {
      const row = (id: string, path: string, [first, last, requests]: readonly number[]): Endpoint =>
        anEndpoint({
          id,
          path,
          facts: someFacts({
            firstSeen: NOON + (first ?? 0),
            lastSeen: NOON + (last ?? 0),
            requests: requests ?? 0,
          }),
        });
      await store.commit(
        aCommit({
          endpoints: [
            row("a", "/B", [3, 0.4, 10]),
            row("b", "/a", [1, 1.6, 9]),
            row("c", "/😀", [2, 1, 100]),
            row("d", "/\uffee", [2, 1, 100]),
            { ...row("e", "/a", [0, 0, 1]), method: "DELETE" },
            { ...row("f", "/a", [0, 0, 1]), method: "DELETE", authority: "a.test" },
            anOrphan("g"),
          ],
        }),
      );
    });
    test.each([
      // By code point: capitals first, astral characters last.
      ["path", "afebgdc"],
      ["-first_seen", "adcbfeg"],
      ["-last_seen", "bdcfeag"],
      ["-requests", "dcabfeg"],
    ] as const)("%s", async (sort, expected) => {
      expect((await ids(store, {}, sort)).join("")).toBe(expected);
      const pages = await walk((cursor) => store.endpoints({}, sort, { limit: 2, cursor }));
      expect(
        pages
          .flat()
          .map(({ endpoint }) => endpoint.id)
          .join(""),
      ).toBe(expected);
      expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 1]);
    });
  });

  describe("pages", () => {
    const named = (name: number, last: number): Endpoint =>
      anEndpoint({
        id: `ep_${String(name).padStart(3, "0")}`,
        path: `/p/${String(name).padStart(3, "0")}`,
        facts: someFacts({ lastSeen: NOON + last }),
      });

    test("show everything once while rows are added before and behind", async () => {
      const rows = Array.from({ length: 30 }, (_, index) => named(100 + index, index));
      await store.commit(aCommit({ endpoints: rows }));
      let added = 0;
      const pages = await walk(
        (cursor) => store.endpoints({}, "-last_seen", { limit: 7, cursor }),
        async () => {
          added += 1;
          await store.commit(
            aCommit({ endpoints: [named(200 + added, 1_000 + added), named(300 + added, -added)] }),
          );
        },
      );
      const shown = pages.flat().map(({ endpoint }) => endpoint.id);
      expect(new Set(shown).size).toBe(shown.length);
      expect(shown.filter((id) => id.startsWith("ep_1")).sort()).toEqual(rows.map(({ id }) => id));
      expect(shown.filter((id) => id.startsWith("ep_2"))).toEqual([]);
    });

    test("stay within 1 and 500 items", async () => {
      const rows = Array.from({ length: 501 }, (_, index) => named(index, index));
      await store.commit(aCommit({ endpoints: rows }));
      const items = async (limit: number): Promise<number> =>
        (await store.endpoints({}, "path", { limit, cursor: null })).items.length;
      expect(await Promise.all([0, -5, Number.NaN, 1.5, 1e9].map(items))).toEqual([1, 1, 1, 1, 500]);
    });

    test("end without a cursor when they end exactly", async () => {
      await store.commit(aCommit({ endpoints: [named(1, 1), named(2, 2)] }));
      const page = await store.endpoints({}, "path", { limit: 2, cursor: null });
      expect([page.items.length, page.nextCursor]).toEqual([2, null]);
    });

    test("refuse cursors nobody gave out", async () => {
      await store.commit(aCommit({ services: [aService()], endpoints: [named(1, 1), named(2, 2)] }));
      const { nextCursor } = await store.endpoints({}, "path", { limit: 1, cursor: null });
      const cursorOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
      const broken = [
        "",
        "?",
        "bm90IGpzb24",
        `${nextCursor}x`,
        cursorOf(null),
        cursorOf(["-last_seen", "1", "ep_1"]),
        cursorOf(["-last_seen", 1.5, "ep_1"]),
        cursorOf(["-last_seen", -1, "ep_1"]),
        cursorOf(["-last_seen", 1, { id: 1 }]),
        cursorOf(["-last_seen", 1, "\0"]),
        cursorOf(["-last_seen", 1, "ep_1", 2]),
        "a".repeat(100_000),
        nextCursor ?? "",
      ];
      for (const cursor of broken) {
        await expect(store.endpoints({}, "-last_seen", { limit: 1, cursor })).rejects.toThrow(BadCursor);
        await expect(store.events({}, { limit: 1, cursor })).rejects.toThrow(BadCursor);
        await expect(store.services({ limit: 1, cursor })).rejects.toThrow(BadCursor);
      }
    });
  });

  describe("services", () => {
    test("are listed by authority, with their endpoints counted", async () => {
      const authorities = ["b.test", "a.test", "C.test"];
      const shadow = { authority: "b.test", standing: "shadow" } as const;
      await store.commit(
        aCommit({
          services: authorities.map((authority) => aService({ authority })),
          endpoints: [
            anEndpoint({ ...shadow, id: "1", ai: { ...NO_AI, verdict: "likely" } }),
            anEndpoint({ ...shadow, id: "2", ai: { ...NO_AI, verdict: "watch" } }),
            anEndpoint({ ...shadow, id: "3", category: "asset" }),
            anEndpoint({ ...shadow, id: "4", confidence: "noise" }),
            anEndpoint({ ...shadow, id: "5", standing: "documented" }),
          ],
        }),
      );
      const pages = await walk((cursor) => store.services({ limit: 2, cursor }));
      const nothing = { endpoints: 0, shadow: 0, ai: 0 };
      expect(pages).toEqual([
        [
          { ...aService({ authority: "C.test" }), ...nothing },
          { ...aService({ authority: "a.test" }), ...nothing },
        ],
        [{ ...aService({ authority: "b.test" }), endpoints: 3, shadow: 2, ai: 1 }],
      ]);
    });
  });

  describe("events", () => {
    test("come newest first, each once, in pages", async () => {
      const events = [3, 1, 2, 2, 5].map((when, index) => anEvent(`e${index}`, NOON + when));
      await store.commit(aCommit({ events }));
      await store.commit(aCommit({ events: [...events, anEvent("e9", NOON + 4)] }));
      await store.commit(aCommit({ events: [anEvent("e0", NOON + 99)] }));
      const pages = await walk((cursor) => store.events({}, { limit: 4, cursor }));
      expect(pages.map((page) => page.map(({ id }) => id))).toEqual([
        ["e4", "e9", "e0", "e3"],
        ["e2", "e1"],
      ]);
      expect(pages[0]?.[0]).toEqual(events[4]);
    });

    test("are filtered", async () => {
      const other: InventoryEvent = {
        id: "s",
        at: NOON + 9,
        authority: "other.test",
        type: "service-discovered",
      };
      const events = [anEvent("e1", NOON), anEvent("e2", NOON + 5, "ep_2"), other];
      await store.commit(aCommit({ events }));
      const found = async (filter: Parameters<InventoryStore["events"]>[0]): Promise<string> =>
        (await store.events(filter, FIRST)).items.map(({ id }) => id).join(" ");
      expect(await found({ authority: "other.test" })).toBe("s");
      expect(await found({ endpointId: "ep_2" })).toBe("e2");
      expect(await found({ type: "status-found" })).toBe("e2 e1");
      expect(await found({ from: NOON + 5 })).toBe("s e2");
      expect(await found({ to: NOON + 5 })).toBe("e2 e1");
      expect(await found({ from: NOON + 1, to: NOON + 8, type: "service-discovered" })).toBe("");
    });
  });

  describe("health", () => {
    test("adds up, collector by collector", async () => {
      const report = (given: Partial<CaptureHealth>): CaptureHealth => ({
        collector: "eth0",
        from: null,
        to: null,
        counters: {},
        weirds: {},
        ...given,
      });
      await store.commit(
        aCommit({
          health: [
            report({ counters: { packets: 1, "tcp.gap-bytes": 5 }, weirds: { "http1.bad-header": 1 } }),
            report({ from: NOON + 5, to: NOON + 6, counters: { packets: 2 } }),
            report({ collector: "access.log", counters: { lines: 2 ** 40 } }),
          ],
        }),
      );
      await store.commit(
        aCommit({
          health: [
            report({ from: NOON, to: NOON + 5, counters: { packets: 4, dropped: 0 } }),
            report({ collector: "access.log", from: NOON, counters: { lines: 1 } }),
          ],
        }),
      );
      await store.commit(
        aCommit({ health: [report({ weirds: { "http1.bad-header": 2, "tls.short": 1 } })] }),
      );
      expect(await store.health()).toEqual([
        report({ collector: "access.log", from: NOON, counters: { lines: 2 ** 40 + 1 } }),
        report({
          from: NOON,
          to: NOON + 6,
          counters: { packets: 7, "tcp.gap-bytes": 5, dropped: 0 },
          weirds: { "http1.bad-header": 3, "tls.short": 1 },
        }),
      ]);
    });
  });

  describe("hostile input", () => {
    const hostile: readonly (readonly [string, string, string])[] = [
      ["NUL", "a\0b", "a\ufffdb"],
      ["a lone high surrogate", "a\ud800", "a\ufffd"],
      ["a lone low surrogate", "\udfff\\ud800 \\u0000", "\ufffd\\ud800 \\u0000"],
      ["quotes and comments", `'"\`;--/*$1$$?`, `'"\`;--/*$1$$?`],
      ["backslashes", "\\\\\\u0000\0\\", "\\\\\\u0000\ufffd\\"],
      ["wildcards and arrays", `%_{}{"a",NULL}`, `%_{}{"a",NULL}`],
      ["emoji and astral", "🧨👩‍👩‍👧𝔘", "🧨👩‍👩‍👧𝔘"],
      ["controls", "\u0001\r\n\t\u007f\u2028", "\u0001\r\n\t\u007f\u2028"],
      [
        "10 KB that start with half a pair at the cut",
        `${"x".repeat(299)}😀${longText(9_000)}`,
        `${"x".repeat(299)}😀${longText(9_000)}`,
      ],
      ["10 KB, hard to compress", longText(10_240), longText(10_240)],
      ["__proto__", "__proto__", "__proto__"],
    ];
    test.each(hostile)("%s is kept wherever it stands", async (_, given, kept) => {
      // What identifies is cut to what an index holds; everything else is kept whole.
      const key = storableKey(given);
      const endpoint = (text: string, key: string): Endpoint =>
        anEndpoint({
          id: "ep_h",
          authority: key,
          method: key,
          path: `/${text}`,
          parameters: [{ name: text, class: text }],
          operation: text,
          standingReason: text,
          specIds: [text, "s"],
          ai: { ...NO_AI, kind: text, formats: [text] },
          facts: someFacts({
            requestHeaders: { kept: Object.fromEntries([[text, 1]]), tau: null, rest: null },
            auth: [{ scheme: "other", name: text, requests: 1, successes: 0 }],
            dataClasses: [{ dataClass: "email", place: "request.body", field: text, exchanges: 1 }],
          }),
        });
      const event = (text: string, key: string): InventoryEvent => ({
        ...anEvent(key, NOON, key),
        authority: key,
        path: text,
      });
      const health = (text: string, key: string): CaptureHealth => ({
        collector: key,
        from: NOON,
        to: NOON,
        counters: Object.fromEntries([[text, 2]]),
        weirds: {},
      });
      const twice = aCommit({
        services: [aService({ authority: given })],
        endpoints: [endpoint(given, given)],
        events: [event(given, given)],
        health: [health(given, given)],
      });
      expect(await store.commit(twice)).toBe("committed");
      expect(await store.commit({ ...twice, health: [] })).toBe("committed");
      expect(await store.serviceState(given)).toEqual({
        service: aService({ authority: key }),
        endpoints: new Map([["ep_h", endpoint(kept, key)]]),
      });
      await store.governance.putOwners(new Map([["ep_h", given]]));
      expect(await store.endpoint("ep_h")).toEqual({ endpoint: endpoint(kept, key), owner: key, ...ALONE });
      expect(await ids(store, { authority: given, method: given, owner: given, pathText: given })).toEqual([
        "ep_h",
      ]);
      expect((await store.events({ authority: given, endpointId: given }, FIRST)).items).toEqual([
        event(kept, key),
      ]);
      expect(await store.health()).toEqual([health(kept, key)]);
      await store.addSpec(aSpec("s", { name: given, authorities: [given] }), given, aCommit());
      expect((await store.specs()).specs).toEqual([aSpec("s", { name: kept, authorities: [kept] })]);
      expect(await store.specSource("s")).toBe(kept);
    });

    test("pages end although paths, authorities and ids are long and alike", async () => {
      const long = longText(10_240);
      const rows = Array.from({ length: 5 }, (_, index) =>
        anEndpoint({ id: `ep_${index}`, path: `/${long}${index}` }),
      );
      await store.commit(
        aCommit({
          services: rows.map((_, index) => aService({ authority: `${long}${index}` })),
          endpoints: rows,
          events: rows.map((_, index) => anEvent(`${long}${index}`, NOON)),
        }),
      );
      const walked = await walk((cursor) => store.endpoints({}, "path", { limit: 2, cursor }));
      expect(walked.flat().map(({ endpoint }) => endpoint)).toEqual(rows);
      const services = await walk((cursor) => store.services({ limit: 2, cursor }));
      expect(new Set(services.flat().map(({ authority }) => authority)).size).toBe(5);
      const events = await walk((cursor) => store.events({}, { limit: 2, cursor }));
      expect(new Set(events.flat().map(({ id }) => id)).size).toBe(5);
    });

    test("times and counts beyond reason are brought within it", async () => {
      const wild = [Number.MAX_VALUE, -1, 8.64e15, 0.4];
      const endpoints = wild.map((time, index) =>
        anEndpoint({
          id: `ep_${index}`,
          facts: someFacts({ firstSeen: time, lastSeen: time, requests: Math.abs(time) }),
        }),
      );
      const services = wild.map((time, index) =>
        aService({ authority: `s${index}`, firstSeen: time, lastSeen: time, requests: Math.abs(time) }),
      );
      const events = wild.map((time, index) => anEvent(`e${index}`, time));
      expect(await store.commit(aCommit({ endpoints, services, events }))).toBe("committed");
      expect(await ids(store, {}, "-last_seen")).toEqual(["ep_2", "ep_0", "ep_3", "ep_1"]);
      const pages = await walk((cursor) => store.endpoints({}, "-requests", { limit: 1, cursor }));
      expect(pages.flat()).toHaveLength(4);
      expect((await store.serviceState("s0")).service?.lastSeen).toBe(Date.UTC(10_000, 0) - 1);
      expect((await store.events({}, FIRST)).items.map(({ id }) => id)).toEqual(["e2", "e0", "e3", "e1"]);
    });

    test("what a caller changes afterwards does not change the store", async () => {
      const specIds = ["s1"];
      await store.commit(aCommit({ endpoints: [anEndpoint({ id: "ep_1", specIds })] }));
      specIds.push("s2");
      expect((await store.endpoint("ep_1"))?.endpoint.specIds).toEqual(["s1"]);
    });
  });

  test("5,000 endpoints go in one commit and come back", async () => {
    const facts = someFacts({
      requests: 10,
      requestHeaders: {
        kept: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`x-header-${index}`, index])),
        tau: null,
        rest: null,
      },
      latency: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [String(index), index])),
    });
    const rows = Array.from({ length: 5_000 }, (_, index) =>
      anEndpoint({ id: `ep_${index}`, path: `/resource/${index}`, facts }),
    );
    const events = rows.map(({ id }) => anEvent(`new ${id}`, NOON, id));
    expect(await store.commit(aCommit({ services: [aService()], endpoints: rows, events }))).toBe(
      "committed",
    );
    expect(await store.commit(aCommit({ services: [aService()], endpoints: rows, events }))).toBe(
      "committed",
    );
    expect((await store.serviceState("shop.test")).endpoints.size).toBe(5_000);
    const pages = await walk((cursor) => store.endpoints({}, "path", { limit: 500, cursor }));
    expect(pages.flat()).toHaveLength(5_000);
  });
});

/** Text that no compression makes short: index entries have to cope with its length. */
function longText(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCodePoint(0x21 + (state % 0x3ff));
  })
    .join("")
    .replaceAll("\u007f", "x");
}
