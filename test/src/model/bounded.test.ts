import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addToBounded,
  boundedOf,
  emptyBounded,
  emptyRecord,
  joinBounded,
  joinCapped,
  setEntry,
  sum,
} from "../../../src/model/bounded.ts";
import { canonicalJson } from "../../../src/model/canonical.ts";
import { hash32 } from "../../../src/model/hash.ts";
import { joinAnyhow, picks } from "./arbitraries.ts";

const key = fc.oneof(fc.constantFrom("__proto__", "constructor", "a", "b"), fc.string({ maxLength: 2 }));
const keys = fc.array(key, { minLength: 1, maxLength: 20 });

describe("bounded map", () => {
  test("is a function of the multiset: any order, any tree, same bytes", () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 6 }), picks, (seen, cap, picks) => {
        const bound = { cap, join: sum };
        const inOrder = seen.reduce((held, one) => addToBounded(held, one, 1, bound), emptyBounded<number>());
        const single = seen.map((one) => boundedOf([[one, 1]], bound));
        const anyhow = joinAnyhow(single, (a, b) => joinBounded(a, b, bound), picks);
        expect(canonicalJson(anyhow)).toBe(canonicalJson(inOrder));
      }),
    );
  });

  test("loses no count and keeps exact ones", () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 6 }), (seen, cap) => {
        const bound = { cap, join: sum };
        const held = seen.reduce((sofar, one) => addToBounded(sofar, one, 1, bound), emptyBounded<number>());
        expect(Object.values(held.kept).reduce(sum, 0) + (held.rest ?? 0)).toBe(seen.length);
        expect(Object.keys(held.kept).length).toBeLessThanOrEqual(cap);
        for (const [name, count] of Object.entries(held.kept)) {
          expect(count).toBe(seen.filter((one) => one === name).length);
          expect(hash32(name)).toBeLessThan(held.tau ?? 2 ** 32);
        }
      }),
    );
  });

  test("survives the trip through JSON", () => {
    const bound = { cap: 4, join: sum };
    const held = addToBounded(emptyBounded<number>(), "__proto__", 1, bound);
    const read = JSON.parse(JSON.stringify(held)) as typeof held;
    expect(JSON.stringify(joinBounded(read, held, bound))).toBe(
      '{"kept":{"__proto__":2},"tau":null,"rest":null}',
    );
    expect(Object.prototype).not.toHaveProperty("kept");
  });

  test("arguments stay as they were", () => {
    const bound = { cap: 1, join: sum };
    const a = boundedOf([["a", 1]], bound);
    const b = boundedOf([["b", 1]], bound);
    joinBounded(a, b, bound);
    expect([a.kept["a"], b.kept["b"], a.tau, b.rest]).toEqual([1, 1, null, null]);
  });
});

test("capped records: any order, any tree, same bytes; nothing lost", () => {
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 6 }), picks, (seen, cap, picks) => {
      const join = (a: Record<string, number>, b: Record<string, number>): Record<string, number> =>
        joinCapped(a, b, { cap, join: sum, other: "*" });
      const single = seen.map((one) => JSON.parse(`{${JSON.stringify(one)}:1}`) as Record<string, number>);
      const held = joinAnyhow(single, join, picks);
      expect(canonicalJson(held)).toBe(canonicalJson(single.reduce(join, {})));
      expect(Object.values(held).reduce(sum, 0)).toBe(seen.length);
      expect(Object.keys(held).length).toBeLessThanOrEqual(cap + 1);
    }),
  );
});

test("entries under number-like keys read, list and write like any others", () => {
  const some = fc.array(
    fc.oneof(
      fc.nat({ max: 700 }).map(String),
      fc.constantFrom("a", "2xx", "0x1", "-7", "200.", "4000000000"),
    ),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(some, (names) => {
      const record = emptyRecord<number>();
      const plain = new Map<string, number>();
      for (const [value, key] of names.entries()) {
        setEntry(record, key, value);
        plain.set(key, value);
      }
      expect(new Map(Object.entries(record))).toEqual(plain);
      expect(JSON.parse(JSON.stringify(record))).toEqual(Object.fromEntries(plain));
    }),
  );
});
