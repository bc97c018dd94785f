import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRoutes } from "../../../../src/classify/grouping/routes.ts";
import type { Routes } from "../../../../src/classify/grouping/grouping.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import { joinEvidence, routeText } from "../../../../src/model/route.ts";
import type { Route } from "../../../../src/model/route.ts";
import { aRoute } from "../../../support/routes.ts";

const stateOf = (routes: Routes) => ({
  rows: [...routes.rows()].sort((a, b) => (routeText(a) < routeText(b) ? -1 : 1)),
  sketch: routes.sketch(),
});

const filled = (rows: readonly Route[]): Routes => {
  const routes = createRoutes();
  routes.add(rows);
  return routes;
};

/** Some places with few children, some with more than there is room for, below each other. */
const someRoutes = fc.array(
  fc
    .tuple(
      fc.constantFrom("GET", "PUT"),
      fc.array(
        fc.oneof(
          { weight: 5, arbitrary: fc.integer({ min: 0, max: 400 }).map((n) => `zq${n}`) },
          { weight: 1, arbitrary: fc.constantFrom("users", "{uuid}", "me", "v1") },
        ),
        { minLength: 1, maxLength: 4 },
      ),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([method, segments, requests]) => aRoute(`/${segments.join("/")}`, { method, requests })),
  { minLength: 1, maxLength: 60 },
);

/** Forced overflow: one place with several hundred children, each with some below. */
const crowd = (from: number, to: number): readonly Route[] =>
  Array.from({ length: to - from }, (_, index) => {
    const n = from + index;
    return aRoute(`/w${n}/x${n % 7}/y${n % 90}`, { requests: 1 + (n % 3) });
  });

/** One service heard in order, in another order, in two parts, and with the final room from the beginning. */
function narrowed(rows: readonly Route[], more: number, batch: number): void {
  const all = [...rows, ...crowd(0, more)];
  const sorted = [...all].sort((a, b) => hash32(routeText(a)) - hash32(routeText(b)));
  const [left, right] = [0, 1].map((half) =>
    cramped(
      all.filter((_, index) => index % 2 === half),
      batch,
    ),
  );
  (left as Routes).merge((right as Routes).rows(), (right as Routes).sketch());
  const heard = [cramped(all, batch), cramped(sorted, 1), left as Routes];
  const halvings = Math.max(...heard.map((routes) => routes.sketch().halvings));
  expect(halvings).toBeGreaterThan(0);
  const last = createRoutes(CRAMPED);
  const states = [...heard, last].map((routes) => {
    routes.merge([], { ...NOTHING_KNOWN, halvings });
    if (routes === last) routes.add(all);
    return stateOf(routes);
  });
  for (const state of states) expect(state).toEqual(states[0]);
}

const CRAMPED = { nodes: 60, bad: 10 };
const NOTHING_KNOWN = { taus: {}, badTau: null, halvings: 0, returned: { kept: {}, tau: null, rest: null } };

function cramped(rows: readonly Route[], batch: number): Routes {
  const routes = createRoutes(CRAMPED);
  for (let from = 0; from < rows.length; from += batch) routes.add(rows.slice(from, from + batch));
  return routes;
}

describe("routes", () => {
  test("order does not matter", () => {
    fc.assert(
      fc.property(someRoutes, fc.integer({ min: 0, max: 300 }), (rows, more) => {
        const all = [...rows, ...crowd(0, more)];
        const sorted = [...all].sort((a, b) => hash32(routeText(a)) - hash32(routeText(b)));
        expect(stateOf(filled(sorted))).toEqual(stateOf(filled(all)));
      }),
      { numRuns: 30 },
    );
  });

  test("partitions do not matter, whatever tree they are merged by", () => {
    fc.assert(
      fc.property(
        someRoutes,
        fc.integer({ min: 0, max: 300 }),
        fc.array(fc.nat({ max: 4 }), { minLength: 8, maxLength: 8 }),
        (rows, more, cuts) => {
          const all = [...rows, ...crowd(0, more)];
          const parts = [0, 1, 2, 3, 4].map((part) =>
            filled(all.filter((_, index) => cuts[index % cuts.length] === part)),
          );
          const [first, ...others] = parts as [Routes, ...Routes[]];
          for (const [index, other] of others.entries()) {
            const into = index % 2 === 0 ? first : (others[0] as Routes);
            if (into !== other) into.merge(other.rows(), other.sketch());
          }
          first.merge((others[0] as Routes).rows(), (others[0] as Routes).sketch());
          const once = createRoutes();
          once.add(all);
          const twice = new Set(stateOf(first).rows.map(routeText));
          expect(new Set(stateOf(once).rows.map(routeText))).toEqual(twice);
          expect(stateOf(first).sketch.taus).toEqual(once.sketch().taus);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("two halves merged are the whole, counts included", () => {
    fc.assert(
      fc.property(someRoutes, fc.integer({ min: 80, max: 300 }), (rows, more) => {
        const all = [...rows, ...crowd(0, more)];
        const halves = [0, 1].map((half) => filled(all.filter((_, index) => index % 2 === half)));
        const [left, right] = halves as [Routes, Routes];
        left.merge(right.rows(), right.sketch());
        expect(stateOf(left)).toEqual(stateOf(filled(all)));
      }),
      { numRuns: 30 },
    );
  });

  test("nothing is lost: the sum of all rows is that of what was added", () => {
    const all = crowd(0, 900);
    const kept = [...filled(all).rows()].reduce((sum, { evidence }) => sum + evidence.requests, 0);
    expect(kept).toBe(all.reduce((sum, { evidence }) => sum + evidence.requests, 0));
  });

  test("what is kept is bounded, and a kept route is exact", () => {
    const routes = filled(crowd(0, 900));
    const rows = [...routes.rows()];
    expect(new Set(rows.map(({ key }) => key.path.split("/")[1])).size).toBe(193);
    const [exact] = rows.filter(({ key }) => !key.path.includes("{rest}"));
    expect(exact?.evidence.requests).toBe(1 + (Number(exact?.key.path.match(/\d+/)?.[0]) % 3));
  });

  test("route words are never crowded out by values", () => {
    const paths = [...filled([...crowd(0, 900), aRoute("/export"), aRoute("/me")]).rows()].map(
      ({ key }) => key.path,
    );
    expect(paths).toEqual(expect.arrayContaining(["/export", "/me"]));
  });

  test("a service with too many nodes keeps fewer children everywhere", () => {
    const routes = createRoutes({ nodes: 200, bad: 100 });
    for (let a = 0; a < 40; a += 1) for (let b = 0; b < 20; b += 1) routes.add([aRoute(`/k${a}/l${b}`)]);
    const { halvings } = routes.sketch();
    expect(halvings).toBeGreaterThan(0);
    expect([...routes.rows()].length).toBeLessThanOrEqual(200);
  });

  test("with too many nodes nothing but how often room was halved depends on order and partitions", () => {
    fc.assert(
      fc.property(someRoutes, fc.integer({ min: 80, max: 300 }), fc.integer({ min: 1, max: 40 }), narrowed),
      { numRuns: 30 },
    );
  });

  test("bad routes are bounded apart and added up beyond the bound", () => {
    const routes = createRoutes({ nodes: 1000, bad: 50 });
    for (let n = 0; n < 500; n += 1) routes.add([aRoute(`/junk${n}`, { kind: "bad", requests: 2 })]);
    const bad = [...routes.rows()];
    expect(bad).toHaveLength(51);
    expect(bad.reduce((sum, { evidence }) => sum + evidence.requests, 0)).toBe(1000);
    routes.add([aRoute("/orders")]);
    expect([...routes.rows()].filter(({ kind }) => kind === "good")).toHaveLength(1);
  });

  test("bad routes do not depend on order", () => {
    const rows = Array.from({ length: 300 }, (_, n) => aRoute(`/junk${n}`, { kind: "bad" }));
    const one = createRoutes({ nodes: 1000, bad: 50 });
    const other = createRoutes({ nodes: 1000, bad: 50 });
    one.add(rows);
    for (const row of [...rows].reverse()) other.add([row]);
    expect(stateOf(other)).toEqual(stateOf(one));
  });

  test("changes are rows to write and rows to remove; together they keep a table in step", () => {
    const routes = createRoutes();
    const table = new Map<string, Route>();
    for (let from = 0; from < 400; from += 50) {
      routes.add(crowd(from, from + 50));
      const { written, removed } = routes.takeChanges();
      for (const text of removed) table.delete(text);
      for (const row of written) table.set(routeText(row), row);
    }
    const rows = stateOf(routes).rows;
    expect([...table.keys()].sort()).toEqual(rows.map(routeText).sort());
    for (const row of rows) expect(table.get(routeText(row))).toEqual(row);
    expect(routes.takeChanges()).toEqual({ written: [], removed: [] });
  });

  test("the same route again adds up", () => {
    const [row] = [...filled([aRoute("/a"), aRoute("/a", { requests: 5 })]).rows()];
    expect(row?.evidence).toEqual(
      joinEvidence(aRoute("/a").evidence, aRoute("/a", { requests: 5 }).evidence),
    );
  });

  test("what is no path is kept as it is", () => {
    expect(
      [...filled([aRoute("*", { method: "OPTIONS" }), aRoute("/")]).rows()].map(({ key }) => key.path).sort(),
    ).toEqual(["*", "/"]);
  });

  test("the revision moves with what is added", () => {
    const routes = createRoutes();
    const before = routes.revision;
    routes.add([aRoute("/a")]);
    expect(routes.revision).not.toBe(before);
  });
});
