// Rows are written where something changed, with exact counts; what was learned stays.
import { expect, test } from "vitest";
import { absorb } from "../../../src/app/absorb.ts";
import type { Absorbed, AbsorbContext } from "../../../src/app/absorb.ts";
import { LIMITS } from "../../../src/inventory/limits.ts";
import type { ServiceState } from "../../../src/model/inventory.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { aSighting } from "../classify/a-sighting.ts";

const EMPTY: ServiceState = { service: null, endpoints: new Map() };
const matcher = createMatcher([]);

function heard(
  known: ServiceState,
  sightings: readonly Sighting[],
  context: Partial<AbsorbContext> = {},
): Absorbed {
  return absorb(known, sightings, { matcher, ...context });
}

test("rows that nothing was heard of are not written", () => {
  const first = heard(EMPTY, [aSighting("GET /orders"), aSighting("GET /status")]);
  const second = heard(first.state, [aSighting("GET /status")]);
  expect(second.endpoints.map(({ path }) => path)).toEqual(["/status"]);
  expect(second.grouping.routes.map(({ route }) => route.key.path)).toEqual(["/status"]);
});

test("a row is carved once, and goes on learning", () => {
  const pins = [{ kind: "merge", path: "/teams/{}", name: null } as const];
  const split = [...pins, { kind: "split", path: "/teams/search", name: null } as const];
  const first = heard(
    EMPTY,
    [
      aSighting("GET /teams/search", { at: 4, statuses: { 200: 2 }, responseType: "application/json" }),
      aSighting("GET /teams/export", { at: 3 }),
    ],
    { pins },
  );
  const apart = heard(first.state, [aSighting("GET /teams/search", { at: 9, responseType: "text/plain" })], {
    pins: split,
  });
  const red = [...apart.state.endpoints.values()].find(({ path }) => path === "/teams/search");
  expect(red).toMatchObject({ carved: { requests: 2, at: 9 }, facts: { requests: 3, firstSeen: 4 } });
  expect(Object.keys(red?.facts?.responses["200"]?.bodies ?? {})).toEqual(["text/plain"]);
  const later = heard(apart.state, [aSighting("GET /teams/search", { at: 10 })], { pins: split });
  expect(later.state.endpoints.get(red?.id ?? "")).toMatchObject({
    carved: red?.carved,
    facts: { requests: 4 },
  });
  expect(later.grouping.splits).toEqual([]);
});

test("a row that takes in others has all their counts, and goes when there is none left", () => {
  const probes = ["/x1/.env", "/x2/.env", "/x3/.env"].map((path) =>
    aSighting(`GET ${path}`, { statuses: { 404: 1 } }),
  );
  const few = { limits: { ...LIMITS, noise: 1 } };
  const first = heard(EMPTY, probes, few);
  const overflow = [...first.state.endpoints.values()].find(({ method }) => method === "*");
  expect(overflow).toMatchObject({ confidence: "noise", facts: { requests: 2 } });
  const again = heard(first.state, probes, few);
  expect(again.state.endpoints.get(overflow?.id ?? "")?.facts?.requests).toBe(4);
  const roomy = heard(again.state, []);
  expect([...roomy.state.endpoints.values()].map(({ method, facts }) => [method, facts?.requests])).toEqual(
    Array.from({ length: 3 }, () => ["GET", 2]),
  );
  expect(roomy.removedEndpointIds).toEqual([overflow?.id]);
});
