// Facts about texts merge in any order and any grouping.
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../src/model/canonical.ts";
import { histogramOf } from "../../../src/model/sketch.ts";
import type { TextFacts } from "../../../src/model/text-facts.ts";
import { emptyText, joinText, TEXT_SIGNALS } from "../../../src/model/text-facts.ts";

const hash = fc.integer({ min: 0, max: 0xffff_ffff });

const facts: fc.Arbitrary<TextFacts> = fc
  .record({
    signal: fc.constantFrom(...TEXT_SIGNALS),
    at: fc.integer({ min: 0, max: 1000 }),
    ms: fc.integer({ min: 1, max: 600_000 }),
    length: fc.integer({ min: 1, max: 65_536 }),
    input: fc.integer({ min: 0, max: 60 }),
    out: hash,
    nested: fc.option(fc.constantFrom("a.example", "b.example"), { nil: undefined }),
  })
  .map(({ signal, at, ms, length, input, out, nested }) => ({
    ...emptyText(),
    looked: 1,
    signals: { [signal]: { count: 1, firstSeen: at, lastSeen: at } },
    duration: histogramOf(ms),
    fit: { n: 1, x: ms, y: length, xx: ms * ms, yy: length * length, xy: ms * length },
    ins: [input],
    outs: [out],
    wordCount: 3,
    pairs: { kept: { [input.toString(16)]: { count: 1, outs: [out] } }, tau: null, rest: null },
    ...(nested !== undefined && {
      nesting: {
        requests: 1,
        enclosing: 1,
        chance: 5,
        hosts: { kept: { [nested]: 1 }, tau: null, rest: null },
      },
    }),
  }));

const joined = (all: readonly TextFacts[]) => all.reduce(joinText, emptyText());

test("order does not matter", () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 60 }), (all) => {
      expect(canonicalJson(joined(all))).toBe(canonicalJson(joined(all.toReversed())));
    }),
  );
});

test("grouping does not matter", () => {
  fc.assert(
    fc.property(fc.array(facts), fc.array(facts), fc.array(facts), (a, b, c) => {
      const [x, y, z] = [joined(a), joined(b), joined(c)];
      expect(canonicalJson(joinText(joinText(x, y), z))).toBe(canonicalJson(joinText(x, joinText(y, z))));
    }),
  );
});

test("joining changes neither side, and stays small", () => {
  const many = Array.from({ length: 500 }, (_, n) => ({
    ...emptyText(),
    looked: 1,
    pairs: { kept: { [n.toString(16)]: { count: 1, outs: [n] } }, tau: null, rest: null },
  }));
  const before = JSON.stringify(many[0]);
  expect(Object.keys(joined(many).pairs.kept).length).toBeLessThanOrEqual(24);
  expect(JSON.stringify(many[0])).toBe(before);
});
