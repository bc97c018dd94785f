import { expect, test } from "vitest";
import { methodsOf, returnedOf } from "../../../../src/classify/grouping/child-features.ts";
import { extractFeatures } from "../../../../src/classify/grouping/features.ts";
import type { Place } from "../../../../src/classify/grouping/place.ts";
import { placesOf } from "../../../../src/classify/grouping/stands.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import { aRoute } from "../../../support/routes.ts";
import { aTree } from "./a-tree.ts";

const item = (path: string, method: string) => aRoute(path, { method, shape: "item" });

test("items are read and changed, actions only posted to", () => {
  const { places, tools } = aTree([
    item("/a", "GET"),
    item("/a", "DELETE"),
    item("/b", "POST"),
    item("/c", "GET"),
  ]);
  const found = new Map(
    extractFeatures(places, [], tools.features).map(({ segment, values }) => [segment, values]),
  );
  expect(found.get("a")).toMatchObject({ "ends:several": 1, removable: 1 });
  expect(found.get("b")).toMatchObject({ "ends:post": 1, removable: 0 });
  expect(found.get("c")).toMatchObject({ "ends:read": 1 });
});

test("whether a value was returned is known, or not", () => {
  const place = placesOf([aRoute("/mark")]).children.get("mark") as Place;
  const { tools } = aTree([]);
  const ask = (answer: boolean | null) => returnedOf(place, { ...tools.features, wasReturned: () => answer });
  expect([ask(true), ask(false), ask(null)]).toEqual([1, 0, null]);
  expect(returnedOf({ ...place, hash: null }, { ...tools.features, wasReturned: () => true })).toBeNull();
  expect(place.hash).toBe(hash32("mark"));
});

test("methods are one text, in order", () => {
  const place = placesOf([item("/a", "PUT"), item("/a", "GET")]).children.get("a") as Place;
  expect(methodsOf(place)).toBe("GET,PUT");
});

test("shares are of all that stands there", () => {
  const { places, tools } = aTree([aRoute("/a", { requests: 3 }), aRoute("/b", { requests: 9 })]);
  const [a] = extractFeatures(places, [], tools.features);
  expect(a?.values).toMatchObject({ share: 0.25 });
});
