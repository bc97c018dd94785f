// Charts: bars within their frame, the numbers told in words too.
import fc from "fast-check";
import { expect, test } from "vitest";
import { chartsOf } from "../../../../src/report/weekly/charts.ts";
import type { TrendPoint } from "../../../../src/report/weekly/report.ts";

function points(values: readonly number[]): readonly TrendPoint[] {
  return values.map((value, index) => ({
    week: `2026-W${10 + index}`,
    from: "events",
    endpoints: 3 * value,
    documented: value,
    shadow: value,
    zombie: value,
    orphan: value,
    ai: value,
    unowned: value,
    services: 1,
  }));
}

test("no bar leaves its frame, whatever the numbers", () => {
  const numbers = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(numbers, (values) => {
      for (const chart of chartsOf(points(values))) {
        for (const [, x, y, width, height] of chart.matchAll(
          /<rect class="c-\w+" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g,
        )) {
          expect(Number(x) + Number(width)).toBeLessThanOrEqual(340);
          expect(Number(y)).toBeGreaterThanOrEqual(25.8);
          expect(Number(y) + Number(height)).toBeLessThanOrEqual(142.2);
        }
      }
    }),
  );
});

test("each says in words where it began and ended", () => {
  const [stack, ...singles] = chartsOf(points([1, 2]));
  expect(stack).toContain("documented 1 in 2026-W10, 2 in 2026-W11; shadow 1 in 2026-W10, 2 in 2026-W11");
  expect(singles).toHaveLength(5);
});

test("nothing to draw is said", () => {
  expect(chartsOf([])[0]).toContain("no figures");
});
