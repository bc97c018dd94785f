import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hash32 } from "../../../src/model/hash.ts";
import {
  addToDistinct,
  addToHistogram,
  emptyDistinct,
  emptyHistogram,
  estimateDistinct,
  histogramOf,
  joinDistinct,
  quantile,
  total,
} from "../../../src/model/sketch.ts";

describe("histogram", () => {
  test("quantiles are within 5 % of the true ones", () => {
    const values = fc.array(fc.double({ min: 0.01, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, fc.constantFrom(0, 0.5, 0.9, 0.99, 1), (values, q) => {
        const truth = [...values].sort((a, b) => a - b)[
          Math.max(1, Math.ceil(q * values.length)) - 1
        ] as number;
        const told = quantile(values.reduce(addToHistogram, emptyHistogram()), q) as number;
        expect(Math.abs(told - truth) / truth).toBeLessThanOrEqual(0.0501);
      }),
    );
  });

  test("the total is within 5 % of the true one", () => {
    const values = fc.array(fc.double({ min: 0.01, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, (values) => {
        const truth = values.reduce((all, value) => all + value, 0);
        expect(Math.abs(total(values.reduce(addToHistogram, emptyHistogram())) - truth) / truth).toBeLessThan(
          0.0501,
        );
      }),
    );
    expect(total(emptyHistogram())).toBe(0);
  });

  test("nothing gives nothing; zero, negatives and clock jumps stay in bounds", () => {
    expect(quantile(emptyHistogram(), 0.5)).toBeNull();
    expect(quantile(histogramOf(0), 0.5)).toBe(0);
    expect(Object.keys(histogramOf(Number.NaN))).toEqual([]);
    expect(Object.keys(addToHistogram(histogramOf(-5), 0))).toHaveLength(1);
    expect(Object.keys(addToHistogram(histogramOf(Infinity), 1e300))).toHaveLength(1);
  });
});

describe("distinct", () => {
  const hashes = fc.array(fc.nat(200), { maxLength: 100 });

  test("is the 64 smallest of the union, however it was joined", () => {
    fc.assert(
      fc.property(hashes, hashes, (a, b) => {
        const joined = joinDistinct(
          a.reduce(addToDistinct, emptyDistinct()),
          b.reduce(addToDistinct, emptyDistinct()),
        );
        expect(joined).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y).slice(0, 64));
      }),
    );
  });

  test("estimates are near", () => {
    for (const truth of [0, 5, 63, 1000, 50_000]) {
      let distinct = emptyDistinct();
      for (let n = 0; n < truth; n += 1)
        distinct = addToDistinct(distinct, hash32(`10.0.${n >> 8}.${n & 255}`));
      expect(Math.abs(estimateDistinct(distinct) - truth)).toBeLessThanOrEqual(truth < 64 ? 0 : truth * 0.4);
    }
  });
});
