// What grouping learns of exchanges joins in any order.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GroupingFacts } from "../../../src/model/grouping-facts.ts";
import {
  joinGroupingFacts,
  joinSegments,
  joinSmallest,
  provesRoute,
  RETURNED_HASHES,
} from "../../../src/model/grouping-facts.ts";
import { histogramOf } from "../../../src/model/sketch.ts";

const hashes = fc
  .uniqueArray(fc.nat({ max: 1000 }), { maxLength: 20 })
  .map((list) => list.sort((a, b) => a - b));
const heard = fc.record({ first: fc.nat(), last: fc.nat(), callers: hashes });
const returned = fc
  .dictionary(fc.constantFrom("id", "login", "slug"), hashes)
  .map((kept) => ({ kept, tau: null, rest: null }));
const facts: fc.Arbitrary<GroupingFacts> = fc
  .record(
    {
      good: heard,
      bad: heard,
      pages: fc.integer({ min: 1, max: 1e6 }).map(histogramOf),
      segments: fc.array(fc.option(fc.nat({ max: 3 })), { minLength: 2, maxLength: 2 }),
      returned,
    },
    { requiredKeys: [] },
  )
  .map((made) => made);

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("joining", () => {
  test("commutes and associates", () => {
    fc.assert(
      fc.property(facts, facts, facts, (a, b, c) => {
        expect(plain(joinGroupingFacts(a, b))).toEqual(plain(joinGroupingFacts(b, a)));
        expect(plain(joinGroupingFacts(joinGroupingFacts(a, b), c))).toEqual(
          plain(joinGroupingFacts(a, joinGroupingFacts(b, c))),
        );
      }),
    );
  });

  test("nothing joined to it changes nothing", () => {
    fc.assert(
      fc.property(facts, (a) => {
        expect(plain(joinGroupingFacts(a, {}))).toEqual(plain(a));
      }),
    );
  });

  test("the smallest stay, once each", () => {
    expect(joinSmallest([1, 3, 5], [2, 3, 9], 4)).toEqual([1, 2, 3, 5]);
    const many = Array.from({ length: 2 * RETURNED_HASHES }, (_, n) => n);
    expect(joinSmallest(many, [], RETURNED_HASHES)).toHaveLength(RETURNED_HASHES);
  });

  test("segments that differ say nothing any more", () => {
    expect(joinSegments([1, 2, null], [1, 3])).toEqual([1, null, null]);
  });
});

test.each(["200", "204", "206", "304", "302", "303", "307", "101"])("%s proves a route", (status) => {
  expect(provesRoute(status)).toBe(true);
});
test.each(["301", "308", "400", "401", "404", "410", "429", "500", "unknown"])("%s does not", (status) => {
  expect(provesRoute(status)).toBe(false);
});
