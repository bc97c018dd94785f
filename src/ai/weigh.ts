// Adds up signed evidence: log-odds by a table of weights, groups capped, older evidence fading.
import { z } from "zod";
import type { Evidence } from "../model/inventory.ts";
import rows from "./weights.json" with { type: "json" };

export type WeightName = keyof typeof rows;

const WEIGHTS = z
  .record(z.string(), z.strictObject({ weight: z.number(), group: z.string(), text: z.string() }))
  .parse(rows) as Record<WeightName, { weight: number; group: string; text: string }>;

/** Log-odds before any evidence. */
export const PRIOR = WEIGHTS.prior.weight;

/** What one kind of reason may add or take at most: many marks of one kind are not many reasons. */
const CAPS: Readonly<Record<string, number>> = {
  timing: 2.6,
  keys: 4,
  style: 3,
  agent: 2.6,
  stream: 4,
  usage: 3.2,
  modality: 6,
  language: 3.6,
};
const FLOOR = -6;

export interface When {
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export function evidenceOf(name: WeightName, { count, firstSeen, lastSeen }: When): Evidence {
  const { group, weight, text } = WEIGHTS[name];
  return { group, weight, text, count, firstSeen, lastSeen };
}

// Half of what was seen a fortnight ago: an endpoint taken down fades from the list within two months.
const HALF_LIFE_MS = 14 * 86_400_000;

/** How much of a reason is left at `now`; what speaks against does not fade. */
function left({ weight, lastSeen }: Evidence, now: number | undefined): number {
  if (now === undefined || lastSeen === undefined || weight <= 0 || now <= lastSeen) return weight;
  return weight * 2 ** (-(now - lastSeen) / HALF_LIFE_MS);
}

/** Log-odds of all evidence, the prior included. */
export function weigh(evidence: readonly Evidence[], now?: number): number {
  const groups = new Map<string, number>();
  for (const one of evidence) {
    const weight = left(one, now);
    const sign = weight < 0 ? "against" : one.group;
    groups.set(sign, (groups.get(sign) ?? 0) + weight);
  }
  let log = PRIOR;
  for (const [group, weight] of groups) {
    log += group === "against" ? Math.max(weight, FLOOR) : Math.min(weight, CAPS[group] ?? Infinity);
  }
  return log;
}

export function probability(log: number): number {
  return Math.round(10_000 / (1 + Math.exp(-log))) / 10_000;
}
