import { describe, expect, test } from "vitest";
import { placesOf } from "../../../../src/classify/grouping/stands.ts";
import type { Place } from "../../../../src/classify/grouping/place.ts";
import {
  answersLikenessBelow,
  outlineLikeness,
  Shapes,
} from "../../../../src/classify/grouping/similarity.ts";
import { createTemplater } from "../../../../src/classify/grouping/templater.ts";
import { VOCABULARY } from "../../../../src/classify/grouping/vocabulary.ts";
import type { Route } from "../../../../src/model/route.ts";
import { aRoute } from "../../../support/routes.ts";

const templater = createTemplater(VOCABULARY, new Map());
const below = (routes: readonly Route[], name: string): Place => placesOf(routes).children.get(name) as Place;

describe("places", () => {
  const routes = [
    aRoute("/a/zqx/issues", { shape: "i" }),
    aRoute("/b/wvy/issues", { shape: "i" }),
    aRoute("/c/zqx/issues", { shape: "other" }),
    aRoute("/d/7"),
    aRoute("/d/8"),
  ];

  test("with unknown words below are alike, however those are called", () => {
    const [a, b, d] = ["a", "b", "d"].map((name) => templater.outline(below(routes, name)));
    if (a === undefined || b === undefined || d === undefined) throw new Error("no outline");
    expect(outlineLikeness(a, b)).toBe(1);
    expect(outlineLikeness(a, d)).toBeLessThan(0.5);
  });

  test("answers below them are compared question by question", () => {
    const [a, b, c] = ["a", "b", "c"].map((name) => templater.shapes(below(routes, name)));
    if (a === undefined || b === undefined || c === undefined) throw new Error("no shapes");
    expect(answersLikenessBelow(a, b)).toEqual({ like: 1, conflicts: 0 });
    expect(answersLikenessBelow(a, c)?.conflicts).toBe(1);
    expect(answersLikenessBelow(a, new Shapes([], []))).toBeNull();
  });

  test("what begins with an id is no word below", () => {
    const place = below([aRoute("/x/7/orders"), aRoute("/x/search")], "x");
    expect(templater.belowWords(place).length).toBe(1);
    expect(templater.below(place).length).toBe(3);
  });
});
