// Evidence adds up within caps, and fades.
import { expect, test } from "vitest";
import { evidenceOf, PRIOR, probability, weigh } from "../../../src/ai/weigh.ts";

const DAY = 86_400_000;
const when = { count: 3, firstSeen: 0, lastSeen: 10 * DAY };

test("groups are capped, what speaks against has a floor", () => {
  const style = [evidenceOf("refusal", when), evidenceOf("style", when), evidenceOf("markdown", when)];
  expect(weigh(style)).toBeCloseTo(PRIOR + 3);
  const against = [evidenceOf("canned", when), evidenceOf("echo", when), evidenceOf("items", when)];
  expect(weigh(against)).toBeCloseTo(PRIOR - 6);
});

test("half is left after a fortnight, and doubts stay", () => {
  const one = [evidenceOf("variation", when)];
  expect(weigh(one, 10 * DAY)).toBeCloseTo(PRIOR + 2.6);
  expect(weigh(one, 24 * DAY)).toBeCloseTo(PRIOR + 1.3);
  expect(weigh([evidenceOf("echo", when)], 24 * DAY)).toBeCloseTo(PRIOR - 2.6);
});

test("log-odds are probabilities", () => {
  expect(probability(0)).toBe(0.5);
  expect(probability(-100)).toBe(0);
});
