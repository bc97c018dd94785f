// The fitted constants of grouping: a table that a script makes from public API descriptions.
import table from "./data/weights.json" with { type: "json" };
import type { ChildFeatures } from "./features.ts";
import type { ForestTable } from "./forest.ts";
import { forestScore } from "./forest.ts";

/** As in data/weights.json. */
export interface Weights extends ForestTable {
  /** Which data and which seeds they were fitted with. */
  readonly fitted: string;
  /** Above it a segment is a value. */
  readonly threshold: number;
  /** Log-odds for each factor e by which one variable is shorter to write down than its values' routes. */
  readonly shared: number;
}

export const WEIGHTS: Weights = table;

/** Log-odds of a segment being a value. */
export function scoreOf({ values }: ChildFeatures, weights: Weights): number {
  return forestScore(values, weights);
}
