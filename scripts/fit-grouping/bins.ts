// Puts the values of features into a few bins each, so that trees try few cuts.
import type { Examples } from "./examples.ts";

export interface Binned {
  /** By feature: the bin of each row. */
  readonly columns: readonly Uint8Array[];
  /** By feature: the upper bound of each bin but the last. */
  readonly cuts: readonly (readonly number[])[];
}

const BINS = 48;

/** Quantiles of the values that occur; features of few values have a bin each. */
export function binsOf({ names, rows }: Examples): Binned {
  const cuts = names.map((_, at) => cutsOf(Float64Array.from(rows, (row) => row[at] as number).sort()));
  const columns = cuts.map((own, at) => Uint8Array.from(rows, (row) => binOf(own, row[at] as number)));
  return { columns, cuts };
}

function cutsOf(sorted: Float64Array): readonly number[] {
  const distinct = [...new Set(sorted)];
  const cuts =
    distinct.length <= BINS
      ? distinct.slice(0, -1).map((value, at) => (value + (distinct[at + 1] as number)) / 2)
      : Array.from(
          { length: BINS - 1 },
          (_, bin) => sorted[Math.floor(((bin + 1) * sorted.length) / BINS)] as number,
        );
  return [...new Set(cuts.map((cut) => Math.round(cut * 1e4) / 1e4))];
}

/** How many cuts the value is above. */
function binOf(cuts: readonly number[], value: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > (cuts[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
