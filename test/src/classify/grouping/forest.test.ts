import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ForestTable } from "../../../../src/classify/grouping/forest.ts";
import { forestContributions, forestScore } from "../../../../src/classify/grouping/forest.ts";

const TABLE: ForestTable = {
  features: ["digits", "like"],
  bias: -1,
  trees: ["0>0.5:0.25 1>0.75:-0.5 :-2 :1 :3", "1>0.5:0 :-1 :1"],
};

describe("a forest", () => {
  test.each([
    [{ digits: 0, like: 0 }, -1 - 2 - 1],
    [{ digits: 0, like: 0.8 }, -1 + 1 + 1],
    [{ digits: 1, like: 0.8 }, -1 + 3 + 1],
    [{}, -1 - 2 - 1],
  ])("adds up what its trees say of %o", (values, score) => {
    expect(forestScore(values, TABLE)).toBe(score);
  });

  test("a cut itself is not above it", () => {
    expect(forestScore({ digits: 0.5, like: 0.5 }, TABLE)).toBe(-4);
  });

  test("says which feature added what", () => {
    expect(Object.fromEntries(forestContributions({ digits: 0, like: 0.8 }, TABLE))).toEqual({
      bias: -0.75,
      digits: -0.75,
      like: 2.5,
    });
  });

  test("what features add comes to the score", () => {
    const some = fc.record({
      digits: fc.double({ noNaN: true }),
      like: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(some, (values) => {
        const sum = [...forestContributions(values, TABLE).values()].reduce((all, one) => all + one, 0);
        expect(sum).toBeCloseTo(forestScore(values, TABLE), 9);
      }),
    );
  });
});
