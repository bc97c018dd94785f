import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placesOf } from "../../../../src/classify/grouping/place.ts";
import type { Place } from "../../../../src/classify/grouping/place.ts";
import {
  answersLikenessBelow,
  belowLikeness,
  createTemplater,
  idsBelow,
  keysLikeness,
  medianOf,
  outlineLikeness,
} from "../../../../src/classify/grouping/similarity.ts";
import { VOCABULARY } from "../../../../src/classify/grouping/vocabulary.ts";
import type { Route } from "../../../../src/model/route.ts";
import { aRoute } from "../../../support/routes.ts";

const templater = createTemplater(VOCABULARY, new Map());
const below = (routes: readonly Route[], name: string): Place => placesOf(routes).children.get(name) as Place;

const numbers = fc
  .uniqueArray(fc.nat({ max: 300 }), { maxLength: 30 })
  .map((list) => list.sort((a, b) => a - b));

test("likeness of small sets is Jaccard's", () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const shared = a.filter((hash) => b.includes(hash)).length;
      const all = new Set([...a, ...b]).size;
      expect(keysLikeness(a, b)).toBe(all === 0 ? null : shared / all);
      expect(keysLikeness(b, a)).toBe(keysLikeness(a, b));
    }),
  );
});

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
    expect(answersLikenessBelow(a, new Map())).toBeNull();
  });

  test("collections have ids below", () => {
    expect(idsBelow(below(routes, "d"))).toBe(1);
    expect(idsBelow(below(routes, "a"))).toBe(0);
  });

  test("what begins with an id is no word below", () => {
    const place = below([aRoute("/x/7/orders"), aRoute("/x/search")], "x");
    expect(templater.belowWords(place).size).toBe(1);
    expect(templater.below(place).size).toBe(3);
  });
});

test("containment tells a part from something else", () => {
  expect(belowLikeness(new Set([1, 2]), new Set([1, 2, 3, 4]))).toEqual({
    jaccard: 0.5,
    containment: 1,
    shared: 2,
  });
  expect(belowLikeness(new Set(), new Set())).toMatchObject({ shared: 0, jaccard: 0.5 });
});

test("the median of nothing is zero", () => {
  expect([medianOf([]), medianOf([3, 1, 2])]).toEqual([0, 2]);
});
