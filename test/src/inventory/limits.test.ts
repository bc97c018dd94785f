// Bounds of one service: what is folded, and into what. Whole traffic is tested with absorb.
import { describe, expect, test } from "vitest";
import type { Limits } from "../../../src/inventory/limits.ts";
import { isOverflow, LIMITS, OTHER } from "../../../src/inventory/limits.ts";
import { ServiceIndex } from "../../../src/app/service-index.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { anEndpoint, someFacts } from "./an-endpoint.ts";

const SMALL: Limits = { noise: 1, unanswered: 1, answered: 1, operations: 1 };

function some(count: number, over: Partial<Endpoint>): readonly Endpoint[] {
  return Array.from({ length: count }, (_, index) => anEndpoint({ ...over, path: `/p${index}` }));
}

function limit(endpoints: readonly Endpoint[], limits: Limits = SMALL) {
  const index = new ServiceIndex(endpoints, limits, null);
  const known = { service: null, endpoints: index.snapshot() };
  index.limit();
  return { endpoints: index.snapshot(), folded: index.removedFrom(known), grown: index.changed() };
}

const noise: Partial<Endpoint> = { confidence: "noise", facts: someFacts({ statuses: { 404: 1 } }) };
const refused: Partial<Endpoint> = { confidence: "candidate", facts: someFacts({ statuses: { 401: 1 } }) };

test("within the limits nothing changes", () => {
  const endpoints = some(1, noise);
  const limited = limit(endpoints);
  expect([...limited.endpoints.values()]).toEqual(endpoints);
  expect([limited.folded.length, limited.grown.length]).toEqual([0, 0]);
});

describe("beyond them", () => {
  test.each([
    ["noise", noise, { category: "probe", confidence: "noise", operation: null }],
    ["unanswered", refused, { category: "api", confidence: "candidate", operation: OTHER }],
    ["answered", {}, { category: "api", confidence: "candidate", operation: OTHER }],
  ])("%s is added up", (_tier, over: Partial<Endpoint>, expected) => {
    const { endpoints, folded, grown } = limit(some(4, over));
    expect([endpoints.size, folded.length, grown.length]).toEqual([2, 3, 1]);
    const [taker] = [...endpoints.values()].filter(isOverflow);
    expect(taker).toMatchObject({ ...expected, method: "*", path: "/{*}", facts: { requests: 3 } });
  });
  test("what documents list, and orphans, stay", () => {
    const endpoints = [...some(3, { specIds: ["s"] }), ...some(3, { facts: null, method: "PUT" })];
    expect(limit(endpoints).endpoints.size).toBe(6);
  });
  test("confirmed goes before candidate", () => {
    const [sure] = some(1, { method: "POST" });
    const endpoints = [...some(20, { confidence: "candidate" }), sure as Endpoint];
    expect(limit(endpoints).endpoints.has((sure as Endpoint).id)).toBe(true);
  });
  test("operations stay on their path", () => {
    const named = ["A", "B", "C"].map((name) =>
      anEndpoint({ path: "/graphql", style: "graphql", operation: `query ${name}` }),
    );
    const { endpoints } = limit(named, { ...LIMITS, operations: 1 });
    expect(endpoints.size).toBe(2);
    expect([...endpoints.values()].find((endpoint) => endpoint.operation === OTHER)).toMatchObject({
      path: "/graphql",
      style: "graphql",
      confidence: "candidate",
      facts: { requests: 2 },
    });
  });
  test("folding again adds to what was folded before", () => {
    const first = limit(some(4, noise));
    const again = limit([...first.endpoints.values(), ...some(8, { ...noise, method: "PUT" })]);
    const total = [...again.endpoints.values()].reduce((sum, { facts }) => sum + (facts?.requests ?? 0), 0);
    expect([again.endpoints.size, total]).toEqual([2, 12]);
  });
});

test("the one encrypted row of a service stays, and counts against nothing", () => {
  const closed = anEndpoint({ method: "", path: "", category: "encrypted", confidence: "candidate" });
  const { endpoints } = limit([closed, ...some(1, refused)]);
  expect([...endpoints.values()].filter(isOverflow)).toEqual([]);
  expect(endpoints.has(closed.id)).toBe(true);
});
