// Templates with and without a row of their own.
import { expect, test } from "vitest";
import { closedEndpoint, Planner } from "../../../src/app/plan.ts";
import { createRoutes } from "../../../src/classify/grouping/routes.ts";
import { decide } from "../../../src/classify/grouping/decide.ts";
import { routesOf } from "../../../src/classify/grouping/evidence.ts";
import type { Limits } from "../../../src/inventory/limits.ts";
import { LIMITS } from "../../../src/inventory/limits.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import { aSpec } from "../openapi/a-spec.ts";
import { aSighting } from "../classify/a-sighting.ts";

function planned(sightings: readonly Sighting[], limits: Limits = LIMITS, matcher = createMatcher([])) {
  const routes = createRoutes();
  routes.add(sightings.flatMap(({ key, facts }) => routesOf(key, facts)));
  const documented = ({ method, path }: { method: string; path: string }) =>
    matcher("shop.test", method, path);
  const set = decide(routes, { documented, documentTemplates: [], pins: [], previous: [] });
  return new Planner({ authority: "shop.test", matcher, limits }).plan(set);
}

test("a template's counts are those of its routes, and its sightings find it", () => {
  const heard = [
    aSighting("GET /orders/1", { statuses: { 200: 2 }, callers: 2 }),
    aSighting("GET /orders/2", { statuses: { 200: 1, 404: 1 } }),
  ];
  const plan = planned(heard);
  const [one, ...others] = [...plan.own.values()];
  expect(others).toEqual([]);
  expect(one).toMatchObject({
    path: "/orders/{orderId}",
    confidence: "confirmed",
    isAnswered: true,
    evidence: { requests: 4, statuses: { 200: 3, 404: 1 } },
  });
  for (const { key } of heard) expect(plan.placeOf(key)).toBe(one?.identity);
});

test("what is beyond a limit is found in the row that takes it in", () => {
  const heard = ["a", "b", "c"].map((word) => aSighting(`GET /${word}x/y`, { statuses: { 404: 1 } }));
  const plan = planned(heard, { ...LIMITS, noise: 1 });
  const places = heard.map(({ key }) => plan.placeOf(key));
  expect(places.filter((place) => typeof place === "string")).toHaveLength(1);
  const [overflow] = [...plan.overflows.values()];
  expect(overflow).toMatchObject({ row: { method: "*", category: "probe" }, counts: { requests: 2 } });
  expect(places.filter((place) => typeof place !== "string")).toMatchObject([
    { id: overflow?.row.id },
    { id: overflow?.row.id },
  ]);
});

test("what documents list is listed", () => {
  const plan = planned([aSighting("GET /pets/rex")], LIMITS, createMatcher([aSpec(["GET /pets/{petId}"])]));
  expect([...plan.own.values()]).toMatchObject([{ path: "/pets/{petId}", isListed: true }]);
});

test("methods and operations that clients made long are cut", () => {
  const long = aSighting(
    "GET /graphql",
    {},
    { method: "X".repeat(99), style: "graphql", operation: "q".repeat(999) },
  );
  const plan = planned([long]);
  const [one] = [...plan.own.values()];
  expect([one?.method.length, one?.operation?.length]).toEqual([32, 256]);
  expect(plan.placeOf(long.key)).toBe(one?.identity);
  expect(closedEndpoint(aSighting("GET /", {}, { method: "", path: "", protocol: "tls" }))).toMatchObject({
    path: "",
    parameters: [],
  });
});
