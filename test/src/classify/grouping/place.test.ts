import { describe, expect, test } from "vitest";
import { kindsOf, mergePlaces, shapesTemplates } from "../../../../src/classify/grouping/place.ts";
import { placesOf } from "../../../../src/classify/grouping/stands.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import { aRoute } from "../../../support/routes.ts";

describe("places", () => {
  test("stand where segments do, suffixes below what they hang on", () => {
    const root = placesOf([aRoute("/users/mark"), aRoute("/users/{uuid}:ban", { method: "POST" })]);
    const users = root.children.get("users");
    expect([...(users?.children.keys() ?? [])]).toEqual(["mark", "{uuid}"]);
    expect(users?.children.get("mark")).toMatchObject({ requests: 3, hash: hash32("mark") });
    expect(users?.children.get("{uuid}")?.children.get("\u0001:ban")?.ends.has("POST")).toBe(true);
  });

  test("merged, their children are one by name", () => {
    const root = placesOf([aRoute("/a/x/one"), aRoute("/b/x/two"), aRoute("/b/y")]);
    const merged = mergePlaces([...root.children.values()]);
    expect([...merged.children.keys()]).toEqual(["x", "y"]);
    expect([...(merged.children.get("x")?.children.keys() ?? [])]).toEqual(["one", "two"]);
    expect(merged.requests).toBe(9);
    expect(merged.children.get("x")?.hash).toBe(hash32("x"));
  });

  test("the share that was not folded is known", () => {
    const root = placesOf([aRoute("/users/mark")], { "O /users/": 2 ** 31 });
    expect(root.children.get("users")?.tau).toBe(0.5);
  });

  test("classes in slots are remembered", () => {
    const root = placesOf([aRoute("/Items({int})"), aRoute("/Items({uuid})")]);
    expect([...(root.children.get("Items({})")?.slots[0] ?? [])]).toEqual(["int", "uuid"]);
  });

  test("kinds of children are told apart", () => {
    expect(kindsOf(placesOf([aRoute("/b"), aRoute("/a"), aRoute("/{uuid}"), aRoute("/{rest}")]))).toEqual({
      soft: ["a", "b"],
      hard: ["{rest}", "{uuid}"],
      suffixes: [],
    });
  });
});

test("only good routes of plain paths shape templates", () => {
  const { key } = aRoute("/a");
  expect(shapesTemplates({ kind: "good", key })).toBe(true);
  expect(shapesTemplates({ kind: "bad", key })).toBe(false);
  expect(shapesTemplates({ kind: "good", key: { ...key, style: "grpc" } })).toBe(false);
  expect(shapesTemplates({ kind: "good", key: { ...key, declared: true } })).toBe(false);
  expect(shapesTemplates({ kind: "good", key: { ...key, path: "*" } })).toBe(false);
});
