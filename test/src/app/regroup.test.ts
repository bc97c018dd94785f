// Rows follow templates: who lives on, who leads to whom, what is carved from what.
import { describe, expect, test } from "vitest";
import type { Working } from "../../../src/app/regroup.ts";
import { originOf, regroup } from "../../../src/app/regroup.ts";
import { ServiceIndex } from "../../../src/app/service-index.ts";
import { LIMITS } from "../../../src/inventory/limits.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import type { Pin } from "../../../src/model/pin.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { aSighting } from "../classify/a-sighting.ts";
import { anEndpoint, someFacts } from "../inventory/an-endpoint.ts";

/** `heard` as routes under `pins`, beside rows that came from elsewhere. */
function working(rows: readonly Endpoint[], heard: readonly string[], pins: readonly Pin[] = []): Working {
  const index = new ServiceIndex(
    { service: null, endpoints: new Map(rows.map((row) => [row.id, row])), grouping: NONE },
    {
      authority: "shop.test",
      limits: LIMITS,
      matcher: createMatcher([]),
      grouping: { documentTemplates: [], pins },
    },
  );
  index.hear(heard.map((line) => aSighting(line)));
  return {
    index,
    plan: index.decide([]),
    news: [],
    redirects: [],
    splits: [],
    moved: new Set(),
    origins: [],
    folded: new Map(),
  };
}

const NONE = {
  version: 1,
  answered: true,
  routes: [],
  sketch: {
    taus: {},
    badTau: null,
    halvings: 0,
    returned: { kept: {}, tau: null, rest: null },
  },
  remembered: [],
};
const MERGE: Pin = { kind: "merge", path: "/teams/{}", name: null };
const row = (path: string, at: number): Endpoint =>
  anEndpoint({ path, facts: someFacts({ at, statuses: { 200: 1 } }) });

describe("a merge", () => {
  const [red, blue] = [row("/teams/search", 5), row("/teams/export", 3)];
  const done = working([red, blue], ["GET /teams/search", "GET /teams/export"], [MERGE]);
  regroup(done);
  test("leaves the oldest, at the place of the template", () => {
    expect([...done.index.rows()]).toMatchObject([
      { id: blue.id, path: "/teams/{teamName}", facts: { requests: 2 } },
    ]);
    expect(done.moved).toEqual(new Set([blue.id]));
  });
  test("leads from the others to it, and is told", () => {
    expect(done.redirects).toMatchObject([{ id: red.id, target: blue.id, path: "/teams/search" }]);
    expect(done.news).toMatchObject([{ type: "endpoints-merged", endpointId: blue.id, count: 2 }]);
  });
});

test("rows that stand where a template is are left alone", () => {
  const done = working([row("/teams/search", 1)], ["GET /teams/search"]);
  regroup(done);
  expect([done.news, done.redirects, done.moved.size]).toEqual([[], [], 0]);
});

test("orphans, closed connections and rows that took others in are none of its business", () => {
  const others = [
    anEndpoint({ path: "/orphan", facts: null }),
    anEndpoint({ method: "", path: "", category: "encrypted" }),
    anEndpoint({ method: "*", path: "/{*}" }),
  ];
  const done = working(others, ["GET /teams/search"]);
  regroup(done);
  expect([...done.index.rows()]).toEqual(others);
});

test("a row of which no route is left is added up with the others", () => {
  const gone = row("/gone", 1);
  const done = working([gone], ["GET /teams/search"]);
  regroup(done);
  expect([...done.index.rows()]).toEqual([]);
  expect([...done.folded.values()]).toEqual([[gone]]);
});

test("what is new was part of the narrowest row that covers it", () => {
  const [wide, narrow] = [row("/{a}/{b}", 1), row("/teams/{teamId}", 1)];
  const done = working([wide, narrow], ["GET /teams/search"]);
  const [planned] = [...done.plan.own.values()];
  if (planned === undefined) throw new Error("a template");
  expect(originOf(done, planned)?.id).toBe(narrow.id);
  expect(originOf(working([row("/other/{x}", 1)], []), planned)).toBeNull();
});
