import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../src/model/canonical.ts";
import { FACT_CAPS } from "../../../src/model/facts.ts";
import { DAYS_KEPT, emptyHistory, growHistory, historyOf } from "../../../src/model/history.ts";
import type { EndpointHistory } from "../../../src/model/past.ts";
import type { Facts } from "../../../src/model/sighting.ts";
import { aFacts, joinAnyhow, picks } from "./arbitraries.ts";

const DAY = 86_400_000;
const dated = fc
  .tuple(aFacts(FACT_CAPS), fc.nat(20))
  .map(([facts, day]): Facts => ({ ...facts, firstSeen: day * DAY, lastSeen: day * DAY }));
const join = (a: EndpointHistory, b: EndpointHistory): EndpointHistory =>
  growHistory(growHistory(emptyHistory(), a), b);

test("is the same whatever the order, and however it was divided", () => {
  fc.assert(
    fc.property(fc.array(dated, { minLength: 1, maxLength: 12 }), picks, (all, order) => {
      const histories = all.map(historyOf);
      expect(canonicalJson(joinAnyhow(histories, join, order))).toBe(canonicalJson(histories.reduce(join)));
    }),
  );
});

test("keeps a week day by day and survives storage", () => {
  fc.assert(
    fc.property(fc.array(dated, { minLength: 2, maxLength: 20 }), (all) => {
      const history = all.map(historyOf).reduce(join);
      const days = Object.keys(history.days).map(Number);
      expect(Math.max(...days) - Math.min(...days)).toBeLessThan(DAYS_KEPT);
      expect(canonicalJson(JSON.parse(JSON.stringify(history)))).toBe(canonicalJson(history));
    }),
  );
});
