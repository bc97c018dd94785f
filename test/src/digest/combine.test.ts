import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createCombiner } from "../../../src/digest/combine.ts";
import { canonicalJson } from "../../../src/model/canonical.ts";
import { joinFacts, sightingKeyText } from "../../../src/model/facts.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import { aDigest, anExchange, json } from "./an-exchange.ts";

const { digest } = aDigest();
const aSighting = (path: string, startedAt = 0): Sighting =>
  digest(anExchange({ startedAt, answeredAt: null, request: { path, ...json({ a: startedAt }) } }));

test("like sightings become one, different ones stay", () => {
  const combiner = createCombiner();
  for (const path of ["/a", "/b", "/a", "/users/12345", "/users/67890"]) combiner.add(aSighting(path));
  expect(combiner.size()).toBe(3);
  expect(combiner.drain().map(({ key, facts }) => [key.path, facts.requests])).toEqual([
    ["/a", 2],
    ["/b", 1],
    ["/users/{int}", 2],
  ]);
  expect([combiner.size(), combiner.drain(), combiner.counts()]).toEqual([0, [], { in: 5, out: 3 }]);
});

test("what comes out says the same as what went in, in any order and portions", () => {
  const events = fc.array(fc.tuple(fc.constantFrom("/a", "/b", "/c/12345"), fc.nat(5000), fc.boolean()), {
    minLength: 1,
  });
  const joined = (sightings: readonly Sighting[]): string => {
    const byKey = new Map<string, Sighting["facts"]>();
    for (const { key, facts } of sightings) {
      const text = sightingKeyText(key);
      const known = byKey.get(text);
      byKey.set(text, known === undefined ? facts : joinFacts(known, facts));
    }
    return canonicalJson(Object.fromEntries(byKey));
  };
  fc.assert(
    fc.property(events, (events) => {
      const combiner = createCombiner();
      const out: Sighting[] = [];
      const all = events.map(([path, at]) => aSighting(path, at));
      for (const [index, sighting] of all.entries()) {
        combiner.add(sighting);
        if (events[index]?.[2] === true) out.push(...combiner.drain());
      }
      out.push(...combiner.drain());
      expect(joined(out)).toBe(joined(all));
    }),
    { numRuns: 50 },
  );
});

test("is due when the window is over, by the clock of the traffic, or when it is full", () => {
  const combiner = createCombiner({ windowMs: 1000, maxKeys: 3 });
  combiner.add(aSighting("/a", 5000));
  combiner.add(aSighting("/a", 5999));
  expect(combiner.due()).toBe(false);
  combiner.add(aSighting("/a", 6000));
  expect(combiner.due()).toBe(true);
  combiner.drain();
  expect(combiner.due()).toBe(false);
  for (const path of ["/a", "/b", "/c"]) combiner.add(aSighting(path, 7000));
  expect(combiner.due()).toBe(true);

  const small = createCombiner({ maxBytes: 100 });
  small.add(aSighting("/a"));
  expect(small.due()).toBe(true);
});
