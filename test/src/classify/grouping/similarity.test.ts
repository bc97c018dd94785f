import fc from "fast-check";
import { expect, test } from "vitest";
import { placesOf } from "../../../../src/classify/grouping/stands.ts";
import type { Place } from "../../../../src/classify/grouping/place.ts";
import {
  belowLikeness,
  idsBelow,
  keysLikeness,
  medianOf,
} from "../../../../src/classify/grouping/similarity.ts";
import { aRoute } from "../../../support/routes.ts";

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

test("collections have ids below", () => {
  const { children } = placesOf([aRoute("/d/7"), aRoute("/d/8"), aRoute("/a/zqx")]);
  expect(["d", "a"].map((name) => idsBelow(children.get(name) as Place))).toEqual([1, 0]);
});

test("containment tells a part from something else", () => {
  expect(belowLikeness([1, 2], [1, 2, 3, 4])).toEqual({
    jaccard: 0.5,
    containment: 1,
    shared: 2,
  });
  expect(belowLikeness([], [])).toMatchObject({ shared: 0, jaccard: 0.5 });
});

test("the median of nothing is zero", () => {
  expect([medianOf([]), medianOf([3, 1, 2])]).toEqual([0, 2]);
});
