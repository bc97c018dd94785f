// Counts by day join in any order, and only the newest days stay apart.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ContentFacts } from "../../../src/model/content-facts.ts";
import { CONTENT_DAYS, contentOn, growContent } from "../../../src/model/content-facts.ts";
import { ownCopy } from "../../../src/model/grow.ts";

const heard = fc
  .record({
    day: fc.nat(30),
    name: fc.constantFrom("prompt code", "answer other", "__proto__"),
    n: fc.nat(5),
  })
  .map(({ day, name, n }) => contentOn(day, { [name]: n }));

function joined(all: readonly ContentFacts[]): ContentFacts {
  const [first, ...others] = all.map(ownCopy);
  return others.reduce<ContentFacts>((into, from) => growContent(into, from), first as ContentFacts);
}

test("order and grouping do not matter", () => {
  fc.assert(
    fc.property(fc.array(heard, { minLength: 2, maxLength: 20 }), fc.nat(), (all, cut) => {
      const at = 1 + (cut % (all.length - 1));
      const grouped = joined([joined(all.slice(at)), joined(all.slice(0, at))]);
      expect(grouped).toEqual(joined(all));
      expect(Object.keys(grouped.days).length).toBeLessThanOrEqual(CONTENT_DAYS);
    }),
  );
});

test("what is older joins what was before, and nothing is lost", () => {
  const all = joined(Array.from({ length: 20 }, (_, day) => contentOn(day, { "prompt code": 1 })));
  expect(all).toEqual({
    from: 0,
    before: { "prompt code": 13 },
    days: Object.fromEntries([13, 14, 15, 16, 17, 18, 19].map((day) => [day, { "prompt code": 1 }])),
  });
});
