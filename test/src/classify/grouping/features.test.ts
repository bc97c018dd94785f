import { describe, expect, test } from "vitest";
import { extractFeatures, kindBefore, recurrenceOf } from "../../../../src/classify/grouping/features.ts";
import type { Place } from "../../../../src/classify/grouping/place.ts";
import type { Route } from "../../../../src/model/route.ts";
import { aRoute } from "../../../support/routes.ts";
import { aTree } from "./a-tree.ts";

function featuresAt(routes: readonly Route[], around: readonly string[]) {
  const { places, tools } = aTree(routes);
  let place: Place = places;
  for (const segment of around) place = place.children.get(segment) as Place;
  return new Map(
    extractFeatures(place, around, tools.features).map(({ segment, values }) => [segment, values]),
  );
}

const ROUTES = [
  aRoute("/users/mark"),
  aRoute("/users/rosalind"),
  aRoute("/users/search", { shape: "other", requests: 6 }),
];

describe("features", () => {
  test("tell what a segment is, where it stands and how it is answered", () => {
    const found = featuresAt(ROUTES, ["users"]);
    expect(found.get("mark")).toMatchObject({
      "behind:plural": 1,
      "class:word": 1,
      "ends:read": 1,
      unknown: 1,
    });
    expect(found.get("search")?.["alias"]).toBe(1);
    expect(found.get("mark")?.["shape"]).toBeGreaterThan(found.get("search")?.["shape"] ?? 1);
    expect(found.get("search")?.["share"]).toBe(0.5);
  });

  test("do not grow with traffic, but for what was heard once", () => {
    const more = ROUTES.map(({ key, evidence }) =>
      aRoute(key.path, {
        requests: evidence.requests * 100,
        shape: key.path.endsWith("search") ? "other" : "s",
      }),
    );
    const [before, after] = [featuresAt(ROUTES, ["users"]), featuresAt(more, ["users"])];
    const { each: _a, ...few } = before.get("mark") ?? {};
    const { each: _b, ...many } = after.get("mark") ?? {};
    expect(many).toEqual(few);
  });

  test("route words with an extension are looked up without it", () => {
    expect(
      featuresAt([aRoute("/statuses/update.json"), aRoute("/statuses/x")], ["statuses"]).get("update.json"),
    ).toMatchObject({
      stem: 1,
      "class:word": 1,
    });
  });

  test("values for sure have none", () => {
    expect(featuresAt([aRoute("/users/{uuid}")], ["users"]).size).toBe(0);
  });
});

test.each([
  [undefined, "root"],
  ["{}", "variable"],
  ["v2", "frame"],
  ["api", "frame"],
  ["users", "plural"],
  ["status", "singular"],
  ["user", "singular"],
])("behind %s: %s", (before, kind) => {
  expect(kindBefore(before)).toBe(kind);
});

test("texts that recur are counted by place", () => {
  const { places } = aTree([aRoute("/a/x"), aRoute("/b/x"), aRoute("/b/{uuid}")]);
  expect(Object.fromEntries(recurrenceOf(places))).toEqual({ a: 1, b: 1, x: 2 });
});
