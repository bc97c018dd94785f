import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Bound, Bounded } from "../../../src/model/bounded.ts";
import { boundedOf, joinBounded, joinCapped, joinRecords, sum } from "../../../src/model/bounded.ts";
import { canonicalJson } from "../../../src/model/canonical.ts";
import { growBounded, growCapped, growCounters, growRecord, ownCopy } from "../../../src/model/grow.ts";
import { name } from "./arbitraries.ts";

const counts = fc
  .array(fc.tuple(name, fc.nat(9)), { maxLength: 6 })
  .map(
    (entries) =>
      JSON.parse(`{${entries.map(([k, n]) => `${JSON.stringify(k)}:${n + 1}`).join()}}`) as Record<
        string,
        number
      >,
  );

test("a copy is equal and shares nothing", () => {
  const value = { a: [{ b: 1 }, null], c: { d: "x" } };
  const copy = ownCopy(value);
  expect(canonicalJson(copy)).toBe(canonicalJson(value));
  expect([copy.a === value.a, copy.a[0] === value.a[0], copy.c === value.c]).toEqual([false, false, false]);
  expect(canonicalJson(ownCopy(JSON.parse('{"__proto__":{"x":1}}')))).toBe('{"__proto__":{"x":1}}');
});

/** Values that can be changed, so that a sum which shared them with its parts would be seen to. */
interface Pair {
  readonly n: number;
}
const join = (a: Pair, b: Pair): Pair => ({ n: a.n + b.n });
const grow = (into: Pair, from: Pair): Pair => Object.assign(into, join(into, from));

function bounded(entries: readonly string[], bound: Bound<Pair>): Bounded<Pair> {
  return [...entries]
    .map((key) => boundedOf([[key, { n: 1 }]], bound))
    .reduce((a, b) => joinBounded(a, b, bound), boundedOf<Pair>([], bound));
}

test("bounded maps grow into what they join to, and change nothing else", () => {
  const keys = fc.array(name, { maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(keys, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      (parts, cap) => {
        const all = parts.map((part) => bounded(part, { cap, join }));
        const before = canonicalJson(all);
        const joined = all.reduce((a, b) => joinBounded(a, b, { cap, join }));
        const [first, ...others] = all as [Bounded<Pair>, ...Bounded<Pair>[]];
        const sum = ownCopy(first);
        for (const other of others) growBounded(sum, other, { cap, join, grow });
        expect(canonicalJson(sum)).toBe(canonicalJson(joined));
        expect(canonicalJson(all)).toBe(before);
      },
    ),
  );
});

test("records and counters grow into what they join to", () => {
  fc.assert(
    fc.property(counts, counts, fc.integer({ min: 1, max: 4 }), (a, b, cap) => {
      const record = ownCopy(a);
      const isWider = growRecord(record, b, sum);
      expect(canonicalJson(record)).toBe(canonicalJson(joinRecords(a, b, sum)));
      expect(isWider).toBe(Object.keys(b).some((key) => !Object.hasOwn(a, key)));
      const counters = ownCopy(a);
      growCounters(counters, b);
      expect(canonicalJson(counters)).toBe(canonicalJson(record));
      const bound = { cap, join: sum, other: "*" };
      const capped = joinCapped(a, {}, bound);
      expect(canonicalJson(growCapped(ownCopy(capped), b, bound))).toBe(
        canonicalJson(joinCapped(capped, b, bound)),
      );
    }),
  );
});
