import { describe, expect, test } from "vitest";
import { verdictsOf } from "../../../../src/classify/grouping/verdicts.ts";
import type { Place } from "../../../../src/classify/grouping/place.ts";
import type { Route } from "../../../../src/model/route.ts";
import { aRoute } from "../../../support/routes.ts";
import { aTree } from "./a-tree.ts";

function valuesAt(routes: readonly Route[], around: readonly string[]): readonly string[] {
  const { places, tools } = aTree(routes);
  let place: Place = places;
  for (const segment of around) place = place.children.get(segment) as Place;
  return [...verdictsOf(place, around, tools)].filter(([, { isValue }]) => isValue).map(([name]) => name);
}

const each = (names: readonly string[], shape = "s") =>
  names.map((name) => aRoute(`/things/${name}`, { shape }));
const MANY = Array.from(
  { length: 30 },
  (_, n) => `kz${"abcdefghij"[n % 10]}${"klmnop"[n % 6]}r${"xyz"[n % 3]}`,
);

describe("verdicts", () => {
  test("forms are values for sure", () => {
    expect(valuesAt(each(["{uuid}", "{rest}"]), ["things"])).toEqual(["{rest}", "{uuid}"]);
  });

  test("one name that is always the same is a word", () => {
    expect(valuesAt([aRoute("/things/kzaklr", { requests: 500 })], ["things"])).toEqual([]);
  });

  test("one number behind a collection is a value", () => {
    expect(valuesAt(each(["17"]), ["things"])).toEqual(["17"]);
  });

  test("dozens of alike words are values", () => {
    expect(valuesAt(each(MANY), ["things"])).toHaveLength(new Set(MANY).size);
  });

  test("aliases beside them are not", () => {
    expect(
      valuesAt([...each(MANY), aRoute("/things/search", { shape: "found", requests: 90 })], ["things"]),
    ).not.toContain("search");
  });

  test("words that do different things are words", () => {
    const words = ["settings", "reports", "billing", "members"].map((name) =>
      aRoute(`/${name}`, { shape: name }),
    );
    expect(valuesAt(words, [])).toEqual([]);
  });
});
