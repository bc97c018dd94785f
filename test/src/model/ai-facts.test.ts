// Facts of language models join like all others: in any order, in any grouping, within bounds.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AiFacts } from "../../../src/model/ai-facts.ts";
import { AI_CAPS, growAi } from "../../../src/model/ai-facts.ts";
import { boundedOf, emptyRecord, sum } from "../../../src/model/bounded.ts";
import { contentOn } from "../../../src/model/content-facts.ts";
import { ownCopy } from "../../../src/model/grow.ts";

const name = fc.constantFrom("a", "b", "c", "__proto__", "constructor");
const count = fc.nat(5);
const time = fc.integer({ min: 0, max: 1000 });

const ai: fc.Arbitrary<AiFacts> = fc
  .record({ name, count, first: time, last: time, list: fc.option(time), key: fc.string({ maxLength: 3 }) })
  .map(({ name: it, count: n, first, last, list, key }) => ({
    protocols: {
      [it]: {
        exchanges: n,
        told: { [it]: n },
        revisions: boundedOf([[key, n]], { cap: AI_CAPS.revisions, join: sum }),
        clients: boundedOf([[key, n]], { cap: AI_CAPS.clients, join: sum }),
        lists: n,
        firstList: list,
        lastList: list,
        foreignOrigins: n,
      },
    },
    actors: { [it]: { requests: n, supported: 0 } },
    signatures: { [it]: { attempt: n, reached: 1, effect: 0, firstSeen: first, lastSeen: last } },
    patterns: { [it]: { texts: n, flagged: 0 } },
    content: { [it]: n },
    contentDays: contentOn(first % 20, { [it]: n }),
    leaks: { [it]: { answers: n, unasked: 0 } },
    credentials: boundedOf([[key, { requests: n, firstSeen: first, lastSeen: last }]], {
      cap: AI_CAPS.credentials,
      join: (a) => a,
    }),
    spend: boundedOf([[key, { caller: key, model: it, exchanges: n, input: n, output: n }]], {
      cap: AI_CAPS.spend,
      join: (a) => a,
    }),
    marks: { [it]: n },
  }));

function joined(...all: readonly AiFacts[]): AiFacts {
  return all.reduce<AiFacts>((into, from) => growAi(ownCopy(into), from), emptyRecord<never>());
}

describe("growAi", () => {
  test("is commutative", () => {
    fc.assert(
      fc.property(ai, ai, (a, b) => {
        expect(joined(a, b)).toEqual(joined(b, a));
      }),
    );
  });

  test("is associative", () => {
    fc.assert(
      fc.property(ai, ai, ai, (a, b, c) => {
        expect(joined(joined(a, b), c)).toEqual(joined(a, joined(b, c)));
      }),
    );
  });

  test("leaves what it joins alone", () => {
    fc.assert(
      fc.property(ai, ai, (a, b) => {
        const before = JSON.stringify([a, b]);
        joined(a, b);
        expect(JSON.stringify([a, b])).toBe(before);
      }),
    );
  });

  test("what is absent stays absent", () => {
    expect(Object.keys(joined({ marks: { x: 1 } }, { marks: { x: 2 } }))).toEqual(["marks"]);
    expect(joined({ marks: { x: 1 } }, { marks: { x: 2 } }).marks).toEqual({ x: 3 });
  });
});
