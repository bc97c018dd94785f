// The whole of stops 6 and 7: totals decide, whatever the order and the batches.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Absorbed } from "../../../src/app/absorb.ts";
import { absorb } from "../../../src/app/absorb.ts";
import type { Limits } from "../../../src/inventory/limits.ts";
import { LIMITS, OTHER } from "../../../src/inventory/limits.ts";
import { FACT_CAPS } from "../../../src/model/facts.ts";
import type { Endpoint, ServiceState } from "../../../src/model/inventory.ts";
import type { Pin } from "../../../src/model/pin.ts";
import { routeText } from "../../../src/model/route.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import { identityKey } from "../../../src/model/identity.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { judgeAll } from "../../../src/inventory/standing.ts";
import { aSighting } from "../classify/a-sighting.ts";
import { aFacts } from "../model/arbitraries.ts";
import { aSpec } from "../openapi/a-spec.ts";

const EMPTY: ServiceState = { service: null, endpoints: new Map() };
const NO_SPECS = createMatcher([]);

function absorbAll(batches: readonly (readonly Sighting[])[], matcher = NO_SPECS, limits?: Limits): Absorbed {
  let last = absorb(EMPTY, [], { matcher });
  const events = [];
  for (const batch of batches) {
    last = absorb(last.state, batch, { matcher, ...(limits !== undefined && { limits }) });
    events.push(...last.events);
  }
  return { ...last, events };
}

function rows(absorbed: Absorbed): readonly Endpoint[] {
  return [...absorbed.state.endpoints.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function routes({ state }: Absorbed): readonly unknown[] {
  return (state.grouping?.routes ?? []).map((route) => [routeText(route), route]).sort();
}

/** Rows without what only the story tells: an id is that of the oldest part as it was first heard. */
function told(absorbed: Absorbed): readonly unknown[] {
  return rows(absorbed)
    .map(({ id: _id, ...row }) => row)
    .sort((a, b) => (identityKey(a) < identityKey(b) ? -1 : 1));
}

function lines(absorbed: Absorbed): readonly string[] {
  return rows(absorbed)
    .map(({ method, path, confidence, category }) => `${method} ${path} ${confidence} ${category}`)
    .sort();
}

const SPEC = aSpec(["GET /pets/{petId}", "GET /pets/findByStatus", "POST /old!", "GET /users/{name}"]);

const sighting: fc.Arbitrary<Sighting> = fc
  .record({
    method: fc.constantFrom("GET", "POST", "*"),
    path: fc.constantFrom(
      "/pets/1",
      "/pets/99999",
      "/pets/rex",
      "/pets/findByStatus",
      "/users/ann@example.com",
      "/users/7",
      "/old",
      "/.env",
      "/x",
      "/graphql",
      "/a/6706d7e8-05da-446a-a2c3-bb81e3c29b62",
      "/a/5",
    ),
    operation: fc.constantFrom(null, null, "query A", "query B"),
    protocol: fc.constantFrom("http/1.1" as const, "h2" as const, "websocket" as const),
    declared: fc.boolean(),
    facts: aFacts(FACT_CAPS),
  })
  .map(({ method, path, operation, protocol, declared, facts }) => {
    const style = operation === null ? ("rest" as const) : ("graphql" as const);
    const { key } = aSighting(`${method} ${path}`, {}, { operation, style, protocol, declared });
    return { key, facts };
  });

const cuts = fc.array(fc.nat(5), { maxLength: 12 });

/** The same sightings in another order, cut into batches. */
function recut(sightings: readonly Sighting[], turns: readonly number[]): readonly (readonly Sighting[])[] {
  const left = [...sightings];
  const batches: Sighting[][] = [[]];
  for (let step = 0; left.length > 0; step += 1) {
    const turn = turns[step % Math.max(1, turns.length)] ?? 0;
    batches.at(-1)?.push(...left.splice(turn % left.length, 1));
    if (turn % 2 === 1) batches.push([]);
  }
  return batches;
}

describe("any order, any batches", () => {
  test.each([
    ["without documents", NO_SPECS],
    ["with documents", createMatcher([SPEC])],
  ])("give the same rows %s", (_what, matcher) => {
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: 14 }), cuts, (sightings, turns) => {
        const whole = absorbAll([sightings], matcher);
        const cut = absorbAll(recut(sightings, turns), matcher);
        expect(told(cut)).toEqual(told(whole));
        expect(routes(cut)).toEqual(routes(whole));
        expect(cut.state.service).toEqual(whole.state.service);
      }),
    );
  });

  test("lose no request, whatever the limits", () => {
    const limits = { noise: 1, unanswered: 1, answered: 2, operations: 1 };
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: 14 }), cuts, (sightings, turns) => {
        const absorbed = absorbAll(recut(sightings, turns), NO_SPECS, limits);
        const total = rows(absorbed).reduce((sum, { facts }) => sum + (facts?.requests ?? 0), 0);
        expect(total).toBe(sightings.length);
        expect(absorbed.state.service?.requests ?? 0).toBe(sightings.length);
      }),
    );
  });
});

test("the state that was known is not changed", () => {
  const first = absorbAll([[aSighting("GET /a")]]);
  const before = JSON.stringify([...first.state.endpoints]);
  absorb(first.state, [aSighting("GET /a"), aSighting("GET /b")], { matcher: NO_SPECS });
  expect(JSON.stringify([...first.state.endpoints])).toBe(before);
});

test("a first batch tells of the service and of each endpoint, a second one of nothing new", () => {
  const batch = [aSighting("GET /users/1"), aSighting("GET /users/2")];
  const first = absorb(EMPTY, batch, { matcher: NO_SPECS });
  expect(first.events.map((event) => event.type)).toEqual(["service-discovered", "endpoint-discovered"]);
  const second = absorb(first.state, batch, { matcher: NO_SPECS });
  expect(second.events).toEqual([]);
  expect(second.endpoints.map((endpoint) => endpoint.facts?.requests)).toEqual([4]);
});

test("equal news has an equal id", () => {
  const batch = [aSighting("GET /users/1"), aSighting("POST /x")];
  expect(absorb(EMPTY, batch, { matcher: NO_SPECS }).events).toEqual(
    absorb(EMPTY, batch, { matcher: NO_SPECS }).events,
  );
});

describe("scanners", () => {
  const letter = (index: number) => String.fromCharCode(97 + (index % 26));
  const probes = Array.from({ length: 1_200 }, (_, index) =>
    aSighting(`GET /junk-${letter(index)}${letter(index / 26)}${letter(index / 676)}/x`, {
      statuses: { 404: 1 },
    }),
  );
  test("stay within the limit and out of the news", () => {
    const absorbed = absorbAll([
      probes.slice(0, 700),
      probes.slice(700),
      [aSighting("GET /real", { callers: 2 })],
    ]);
    expect(absorbed.state.endpoints.size).toBe(LIMITS.noise + 2);
    const overflow = rows(absorbed).find((endpoint) => endpoint.path === "/{*}");
    expect(overflow).toMatchObject({ method: "*", category: "probe", confidence: "noise" });
    expect(overflow?.facts?.requests).toBe(700);
    expect(absorbed.events.map((event) => event.type)).toEqual(["service-discovered", "endpoint-discovered"]);
  });
  test("leave the same rows in any order", () => {
    const forth = absorbAll([probes.slice(0, 600), probes.slice(600)]);
    const back = absorbAll([[...probes].reverse()]);
    expect(rows(back)).toEqual(rows(forth));
  });
  test("report rows that had been stored as removed", () => {
    const few: Limits = { ...LIMITS, noise: 2 };
    const first = absorb(EMPTY, probes.slice(0, 2), { matcher: NO_SPECS, limits: few });
    const second = absorb(first.state, probes.slice(2, 40), { matcher: NO_SPECS, limits: few });
    const stored = new Set(first.endpoints.map((endpoint) => endpoint.id));
    expect(second.removedEndpointIds.length).toBeGreaterThan(0);
    expect(second.removedEndpointIds.every((id) => stored.has(id) && !second.state.endpoints.has(id))).toBe(
      true,
    );
  });
});

test("operations beyond the limit are added up under the same path", () => {
  const queries = Array.from({ length: 300 }, (_, index) =>
    aSighting("POST /graphql", {}, { style: "graphql", operation: `query Q${index}` }),
  );
  const absorbed = absorbAll([queries]);
  expect(absorbed.state.endpoints.size).toBe(LIMITS.operations + 1);
  expect(rows(absorbed).find((endpoint) => endpoint.operation === OTHER)).toMatchObject({
    path: "/graphql",
    style: "graphql",
    facts: { requests: 44 },
  });
});

describe("documents that come later", () => {
  const matcher = createMatcher([SPEC]);
  const before = absorbAll([
    [aSighting("GET /pets/search", { at: 5 }), aSighting("GET /pets/all", { at: 3 })],
  ]);
  test("join rows that are one operation; the oldest keeps its id", () => {
    expect(lines(before)).toEqual(["GET /pets/all candidate api", "GET /pets/search candidate api"]);
    const oldest = rows(before).find((endpoint) => endpoint.path === "/pets/all");
    const after = absorb(before.state, [], { matcher });
    expect(lines(after)).toEqual(["GET /pets/{petId} confirmed api"]);
    expect(after.endpoints).toMatchObject([
      {
        id: oldest?.id,
        standing: "documented",
        parameters: [{ name: "petId" }],
        facts: { requests: 2, firstSeen: 3, lastSeen: 5 },
      },
    ]);
    expect(after.removedEndpointIds).toHaveLength(1);
    expect(after.grouping.redirects).toMatchObject([{ target: oldest?.id, path: "/pets/search" }]);
    expect(after.events.find(({ type }) => type === "endpoints-merged")).toMatchObject({
      endpointId: oldest?.id,
      count: 2,
      merged: [{ path: "/pets/all" }, { path: "/pets/search" }],
    });
  });
  test("and take in what comes after", () => {
    const after = absorb(before.state, [aSighting("GET /pets/tom")], { matcher });
    expect(rows(after).map((endpoint) => endpoint.facts?.requests)).toEqual([3]);
    expect(absorb(after.state, [], { matcher }).endpoints).toEqual([]);
  });
  test("an orphan that is heard is the same row", () => {
    const { orphans } = judgeAll([], [{ ...SPEC, authorities: ["shop.test"] }]);
    const state: ServiceState = { service: null, endpoints: new Map(orphans.map((row) => [row.id, row])) };
    const heard = absorb(state, [aSighting("GET /pets/12")], { matcher });
    const [row] = heard.endpoints;
    expect(state.endpoints.get(row?.id ?? "")?.path).toBe("/pets/{petId}");
    expect(heard.events.map((event) => event.type)).toEqual([
      "service-discovered",
      "standing-changed",
      "confidence-changed",
    ]);
  });
});

describe("encrypted connections", () => {
  const closed = (count: number): Sighting =>
    aSighting("GET /", { statuses: { unknown: count } }, { method: "", path: "", protocol: "tls" });

  test("are one row beside what is heard", () => {
    const absorbed = absorbAll([[closed(2), aSighting("GET /a", { statuses: { 200: 3 } })], [closed(3)]]);
    expect(lines(absorbed)).toEqual(["  candidate encrypted", "GET /a candidate api"]);
    expect(absorbed.state.service?.requests).toBe(3);
    expect(rows(absorbed).find(({ method }) => method === "")).toMatchObject({
      standing: "unjudged",
      confidence: "candidate",
      facts: { requests: 5 },
    });
  });

  test("stay what they are when a document lists /", () => {
    const before = absorbAll([[closed(2)]]);
    const matcher = createMatcher([aSpec(["GET /", "GET /a"])]);
    const after = absorb(before.state, [closed(1)], { matcher });
    expect(rows(after as Absorbed)).toEqual([
      expect.objectContaining({
        path: "",
        standing: "unjudged",
        facts: expect.objectContaining({ requests: 3 }),
      }),
    ]);
  });
});

describe("what a person pins", () => {
  const heard = [
    aSighting("GET /teams/search", { at: 5, statuses: { 200: 2, 404: 1 }, responseType: "application/json" }),
    aSighting("GET /teams/export", { at: 3, statuses: { 200: 4 } }),
  ];
  const before = absorbAll([heard]);
  const merge: Pin = { kind: "merge", path: "/teams/{}", name: null };
  const merged = absorb(before.state, [], { matcher: NO_SPECS, pins: [merge] });

  test("merge: one row under the id of the oldest, with everything of both", () => {
    expect(lines(before)).toHaveLength(2);
    const oldest = rows(before).find(({ path }) => path === "/teams/export");
    expect(rows(merged)).toMatchObject([
      { id: oldest?.id, path: "/teams/{teamName}", facts: { requests: 7, firstSeen: 3, lastSeen: 5 } },
    ]);
    expect(merged.grouping.redirects).toMatchObject([{ target: oldest?.id, path: "/teams/search" }]);
  });
  test("the end of a merge gives back rows with exact counts; an id goes to whoever had it first", () => {
    const undone = absorb(merged.state, [], { matcher: NO_SPECS });
    const counts = rows(undone).map(({ path, facts }) => [path, facts?.requests, facts?.firstSeen]);
    expect(counts.sort()).toEqual([
      ["/teams/export", 4, 3],
      ["/teams/search", 3, 5],
    ]);
    const red = rows(undone).find(({ path }) => path === "/teams/search");
    expect(red?.facts?.responses["404"]?.count).toBe(1);
    expect(red?.carved).toMatchObject({ requests: 3 });
    expect(undone.grouping.splits).toEqual([{ id: red?.id, from: rows(merged)[0]?.id }]);
    expect(undone.events.find(({ type }) => type === "endpoint-split")).toMatchObject({
      endpointId: red?.id,
    });
  });
  test("split: the variable keeps its id, the word has a row of its own", () => {
    const split: Pin = { kind: "split", path: "/teams/search", name: null };
    const apart = absorb(merged.state, [], { matcher: NO_SPECS, pins: [merge, split] });
    expect(rows(apart).map(({ id, path, facts }) => [id, path, facts?.requests])).toEqual(
      expect.arrayContaining([[rows(merged)[0]?.id, "/teams/{teamName}", 4]]),
    );
    expect(lines(apart)).toHaveLength(2);
  });
  test("rename: the same row under another name", () => {
    const rename: Pin = { kind: "rename", path: "/teams/{}", name: "colour" };
    const renamed = absorb(merged.state, [], { matcher: NO_SPECS, pins: [merge, rename] });
    expect(rows(renamed)).toMatchObject([{ id: rows(merged)[0]?.id, path: "/teams/{colour}" }]);
  });
  test("holds for what comes later", () => {
    const later = absorb(merged.state, [aSighting("GET /teams/import")], {
      matcher: NO_SPECS,
      pins: [merge],
    });
    expect(rows(later).map(({ facts }) => facts?.requests)).toEqual([8]);
  });
});

test("whatever is merged and split on the way, the end follows from what was heard", () => {
  const paths = ["export", "search", "1", "2", "import", "x-7", "ann", "bob", "carl"];
  const pins: readonly Pin[] = [
    { kind: "merge", path: "/teams/{}", name: null },
    { kind: "split", path: "/teams/search", name: null },
  ];
  const heard = fc.record({ path: fc.constantFrom(...paths), status: fc.constantFrom(200, 200, 404) });
  fc.assert(
    fc.property(fc.array(fc.tuple(heard, fc.subarray([...pins])), { maxLength: 12 }), (steps) => {
      const sightings = steps.map(([{ path, status }], at) =>
        aSighting(`GET /teams/${path}`, { at, statuses: { [status]: 1 } }),
      );
      let state = EMPTY;
      for (const [at, [, pinned]] of steps.entries()) {
        state = absorb(state, sightings.slice(at, at + 1), { matcher: NO_SPECS, pins: pinned }).state;
      }
      const end = absorb(state, [], { matcher: NO_SPECS });
      const once = absorb(EMPTY, sightings, { matcher: NO_SPECS });
      const counts = (absorbed: Absorbed) =>
        rows(absorbed)
          .map(({ path, facts }) => {
            const statuses = Object.entries(facts?.responses ?? {}).map(([status, { count }]) => [
              status,
              count,
            ]);
            return [path, facts?.requests, facts?.firstSeen, facts?.lastSeen, statuses.sort()];
          })
          .sort();
      expect(counts(end)).toEqual(counts(once));
      expect(new Set(rows(end).map(({ id }) => id)).size).toBe(rows(end).length);
    }),
  );
});
