import { describe, expect, test } from "vitest";
import type { RuleBook } from "../../../../src/classify/grouping/rules.ts";
import { placeText, rulesOf } from "../../../../src/classify/grouping/rules.ts";
import { placesOf } from "../../../../src/classify/grouping/stands.ts";
import type { Place } from "../../../../src/classify/grouping/place.ts";
import type { Route } from "../../../../src/model/route.ts";
import { aRoute } from "../../../support/routes.ts";

const EMPTY: RuleBook = { pins: [], documentTemplates: [], previous: [] };

function about(path: string, routes: readonly string[], book: Partial<RuleBook> = {}) {
  return among(
    path,
    [...routes, path].map((text) => aRoute(text)),
    book,
  );
}

function among(path: string, routes: readonly Route[], book: Partial<RuleBook> = {}) {
  const segments = path.split("/").slice(1);
  const around = segments.slice(0, -1);
  let place: Place = placesOf(routes);
  for (const segment of around) place = place.children.get(segment) as Place;
  return rulesOf({ ...EMPTY, ...book }).about({ place, around, name: segments.at(-1) ?? "" });
}

describe("words by rule", () => {
  test.each([
    ["/v1", ["/v1/orders"]],
    ["/2.0", ["/2.0/files/7"]],
    ["/2010-04-01", ["/2010-04-01/Accounts"]],
    ["/rest/api/3", ["/rest/api/3/issue"]],
    ["/users/me", []],
    ["/apis/batch", ["/apis/batch/v1/jobs"]],
    ["/graphql/anything", []],
  ])("%s", (path, routes) => {
    expect(about(path, routes)).toEqual({ isValue: false, by: "rule" });
  });

  const posts = (...names: readonly string[]) =>
    names.map((name) => aRoute(`/servers/${name}`, { method: "POST" }));

  test("actions are words where all that stands there is done", () => {
    const actions = posts("enable_rescue", "resetPassword", "reboot", "poweroff");
    expect(among("/servers/enable_rescue", actions)).toEqual({ isValue: false, by: "rule" });
    expect(among("/servers/poweroff", actions)).toBeNull();
  });

  test.each([
    ["names that sound like actions", posts("start-rite", "octavia", "jsmith", "bmiller")],
    ["what is read too", [...posts("enable_rescue", "reset"), aRoute("/servers/enable_rescue")]],
    ["the only one", posts("enable_rescue")],
  ])("not %s", (_why, routes) => {
    expect(among(`/servers/${routes[0]?.key.path.slice(9)}`, routes)).toBeNull();
  });

  test.each([
    ["/orders/3", []],
    ["/17", ["/1/a", "/2/a", "/3/a", "/4/a", "/5/a", "/6/a", "/17/a"]],
    ["/tags/v9", ["/tags/v1", "/tags/v2", "/tags/v3", "/tags/v4", "/tags/v5", "/tags/v6"]],
    ["/users/mark", []],
  ])("evidence decides about %s", (path, routes) => {
    expect(about(path, routes)).toBeNull();
  });
});

test("documents come before form, pins before documents, later pins before earlier", () => {
  const documentTemplates = ["/things/{thingId}", "/things/new"];
  expect(about("/things/old", [], { documentTemplates })).toEqual({ isValue: true, by: "document" });
  expect(about("/things/new", [], { documentTemplates })).toEqual({ isValue: false, by: "document" });
  const split = { kind: "split", path: "/things/old", name: null } as const;
  const merge = { kind: "merge", path: "/things/{}", name: null } as const;
  expect(about("/things/old", [], { documentTemplates, pins: [split] })).toEqual({
    isValue: false,
    by: "pin",
  });
  expect(about("/things/other", [], { pins: [merge, split] })).toEqual({ isValue: true, by: "pin" });
});

test("what was a value has inertia", () => {
  const rules = rulesOf({ ...EMPTY, previous: [placeText(["users"], "mark")] });
  expect(rules.inertia(["users"], "mark")).toBeGreaterThan(0);
  expect(rules.inertia(["users"], "rose")).toBe(0);
});
