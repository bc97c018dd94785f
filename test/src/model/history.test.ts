import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../src/model/canonical.ts";
import { FACT_CAPS } from "../../../src/model/facts.ts";
import { ownCopy } from "../../../src/model/grow.ts";
import type { EndpointHistory } from "../../../src/model/history.ts";
import { DAYS_KEPT, growHistory, joinHistory, judge } from "../../../src/model/history.ts";
import type { Facts } from "../../../src/model/sighting.ts";
import { aFacts } from "./arbitraries.ts";

const DAY = 86_400_000;
const dated = fc
  .tuple(aFacts(FACT_CAPS), fc.nat(20))
  .map(([facts, day]): Facts => ({ ...facts, firstSeen: day * DAY, lastSeen: day * DAY }));
const grown = (all: readonly Facts[]): EndpointHistory | undefined =>
  all.reduce<EndpointHistory | undefined>((held, facts) => growHistory(held, ownCopy(facts)), undefined);

test("is the same whatever the order, and however it was divided", () => {
  fc.assert(
    fc.property(fc.array(dated, { minLength: 1, maxLength: 12 }), fc.nat(), (all, cut) => {
      const at = cut % (all.length + 1);
      const whole = canonicalJson(grown(all));
      expect(canonicalJson(grown(all.toReversed()))).toBe(whole);
      expect(canonicalJson(joinHistory(grown(all.slice(0, at)), grown(all.slice(at))))).toBe(whole);
      expect(canonicalJson(joinHistory(grown(all.slice(at)), grown(all.slice(0, at))))).toBe(whole);
    }),
  );
});

test("keeps a week day by day and survives storage", () => {
  fc.assert(
    fc.property(fc.array(dated, { minLength: 1, maxLength: 20 }), (all) => {
      const history = grown(all);
      const days = Object.keys(history?.days ?? {}).map(Number);
      expect(Math.max(...days) - Math.min(...days)).toBeLessThan(DAYS_KEPT);
      expect(canonicalJson(JSON.parse(JSON.stringify(history)))).toBe(canonicalJson(history));
    }),
  );
});

test("remembers the newest 64 judgements", () => {
  let history = grown([]) ?? { before: {} as never, days: {}, judged: {} };
  for (let number = 0; number < 70; number += 1) history = judge(history, `dr_${number}`, "accepted");
  expect(Object.keys(history.judged)).toHaveLength(64);
  expect(judge(history, "dr_69", "acknowledged").judged["dr_69"]).toBe("acknowledged");
});
