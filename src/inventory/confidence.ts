// How sure it is that an endpoint is real: a rule over totals, so the order of traffic does not matter.
import type { Category, Confidence } from "../model/inventory.ts";
import { successCount, wasNeverThere } from "../model/outcome.ts";
import type { Facts } from "../model/sighting.ts";
import { estimateDistinct } from "../model/sketch.ts";

/** A scanner that gets an answer once or alone proves little; these figures took junk to none in measurements. */
const SUCCESSES = 3;
const CALLERS = 2;

/** What is known beside the traffic itself. */
export interface Context {
  /** A document lists it. */
  readonly listed: boolean;
  /** As classified: a probe is what scanners ask for everywhere. */
  readonly category: Category;
}

/**
 * confirmed: three successes from two callers, one success with credentials, or one that a document lists.
 * noise: no success, and either nothing but "no such thing" or a scanner's question; unless a document lists it.
 * Everything else is a candidate, endpoints that only ever asked for credentials among them.
 */
export function confidenceOf(facts: Facts, { listed, category }: Context): Confidence {
  const successes = successCount(facts);
  if (successes === 0) {
    return !listed && (category === "probe" || wasNeverThere(facts)) ? "noise" : "candidate";
  }
  if (listed || hadCredentials(facts)) return "confirmed";
  return successes >= SUCCESSES && estimateDistinct(facts.distinctCallers) >= CALLERS
    ? "confirmed"
    : "candidate";
}

function hadCredentials(facts: Facts): boolean {
  return Object.values(facts.auth.kept).some(
    ({ scheme, successes }) => scheme !== "none" && scheme !== "not-recorded" && successes > 0,
  );
}
