import { describe, expect, test } from "vitest";
import { placesOf, Stands } from "../../../../src/classify/grouping/stands.ts";
import type { Route } from "../../../../src/model/route.ts";
import { aRoute } from "../../../support/routes.ts";

function standing(...routes: readonly Route[]): Stands {
  const stands = new Stands();
  for (const route of routes) stands.put(route);
  return stands;
}

describe("the view of routes", () => {
  test("is that of the routes there are, whatever came and went", () => {
    const [a, b, c] = [aRoute("/a/x"), aRoute("/a/y:go"), aRoute("/b/{uuid}.json")] as const;
    const stands = standing(c, a, b);
    stands.view();
    stands.drop(c);
    stands.put(aRoute("/a/x", { method: "PUT" }));
    expect(stands.view()).toEqual(placesOf([aRoute("/a/x", { method: "PUT" }), b, a]));
    expect([...stands.recurrence].sort()).toEqual([
      ["\u0001:go", 1],
      ["a", 1],
      ["x", 1],
      ["y", 1],
    ]);
  });

  test("keeps the places nothing happened to", () => {
    const stands = standing(aRoute("/a/x"), aRoute("/b/y"));
    const before = stands.view();
    stands.put(aRoute("/b/z"));
    const after = stands.view();
    expect(after).not.toBe(before);
    expect(after.children.get("a")).toBe(before.children.get("a"));
    expect(after.children.get("b")).not.toBe(before.children.get("b"));
  });

  test("is made anew where a text stands that is heard at another place now", () => {
    const stands = standing(aRoute("/a/x"), aRoute("/b/y"));
    const before = stands.view();
    stands.put(aRoute("/c/x"));
    expect(stands.view().children.get("a")).not.toBe(before.children.get("a"));
    expect(stands.view().children.get("b")).toBe(before.children.get("b"));
  });

  test("is made anew where something else is known of a value", () => {
    const route = aRoute("/a/x");
    const stands = standing(route, aRoute("/b/y"));
    const before = stands.view();
    const after = stands.view((hash) => hash === route.evidence.segments[1]);
    expect(after.children.get("a")).not.toBe(before.children.get("a"));
    expect(after.children.get("b")).toBe(before.children.get("b"));
  });

  test("what was folded counts where it is, until it is no more", () => {
    const stands = standing(aRoute("/a/x"));
    stands.fold({ "O /a/": 2 ** 31 });
    expect(stands.view().children.get("a")?.tau).toBe(0.5);
    stands.fold({});
    expect(stands.view().children.get("a")?.tau).toBe(1);
  });
});
