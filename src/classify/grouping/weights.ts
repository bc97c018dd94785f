// The fitted constants of grouping: a table that a script makes from public API descriptions.
import table from "./data/weights.json" with { type: "json" };
import type { ChildFeatures } from "./features.ts";

/** As in data/weights.json. Log-odds = sum over features of weight × value, added up in the order of the file. */
export interface Weights {
  /** Which data and which seed they were fitted with. */
  readonly fitted: string;
  /** By feature name; a feature that is not listed counts nothing. `bias` is a feature that is always 1. */
  readonly weights: Readonly<Record<string, number>>;
  /** Above it a segment is a value. */
  readonly threshold: number;
  /** How much of a score is that of the segment alone; the rest is the mean of the segments like it. */
  readonly own: number;
  /** Log-odds for each factor e by which one variable is shorter to write down than its values' routes. */
  readonly shared: number;
}

export const WEIGHTS: Weights = table;

/** Log-odds of a segment being a value. */
export function scoreOf({ values }: ChildFeatures, { weights }: Weights): number {
  let score = 0;
  for (const name in weights) score += (weights[name] as number) * (values[name] ?? 0);
  return score;
}
