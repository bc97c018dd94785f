// Reports of one collector join by adding, in any order.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { CaptureHealth } from "../../../src/model/health.ts";
import { addHealth } from "../../../src/store/add-health.ts";

const counts = fc.dictionary(fc.constantFrom("packets", "bytes", "__proto__", "dropped"), fc.nat());
const time = fc.option(fc.nat());
const report: fc.Arbitrary<CaptureHealth> = fc.record({
  collector: fc.constant("eth0"),
  from: time,
  to: time,
  counters: counts,
  weirds: counts,
});

test("joining is commutative and associative", () => {
  fc.assert(
    fc.property(report, report, report, (a, b, c) => {
      expect(addHealth(a, b)).toEqual(addHealth(b, a));
      expect(addHealth(addHealth(a, b), c)).toEqual(addHealth(a, addHealth(b, c)));
    }),
  );
});

test("counts add, time widens, nothing known is nothing lost", () => {
  const known = { collector: "a", from: 5, to: null, counters: { x: 1, y: 2 }, weirds: {} };
  const news = { collector: "a", from: 7, to: 9, counters: { y: 3 }, weirds: { "http1.bad-header": 1 } };
  expect(addHealth(known, news)).toEqual({
    collector: "a",
    from: 5,
    to: 9,
    counters: { x: 1, y: 5 },
    weirds: { "http1.bad-header": 1 },
  });
  expect(addHealth(undefined, news)).toEqual(news);
});
