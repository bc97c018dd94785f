// Gradient boosting of small trees with signs, small enough to read: what counts only together is found, not listed.
import type { ForestTable } from "../../src/classify/grouping/forest.ts";
import type { Binned } from "./bins.ts";
import { binsOf } from "./bins.ts";
import type { Examples } from "./examples.ts";
import { randomOf } from "./random.ts";
import type { Signs } from "./signs.ts";

export interface Boosting {
  readonly trees: number;
  /** Questions in a row. */
  readonly depth: number;
  /** How much of each tree is believed. */
  readonly rate: number;
  /** L2 on what leaves say. */
  readonly penalty: number;
  /** Curvature (roughly: undecided examples) that a leaf needs. */
  readonly least: number;
  /** Share of the features that each tree may ask about. */
  readonly columns: number;
  /** Share of a seed's APIs that each tree sees. */
  readonly apis: number;
  readonly signs: Signs;
  readonly seed: string;
}

interface Growing {
  readonly data: Binned;
  readonly gradient: Float64Array;
  readonly curve: Float64Array;
  readonly names: readonly string[];
  readonly boosting: Boosting;
}

/** A node and what it may say: below a question with a sign no leaf may overtake the other side. */
interface Leaf {
  readonly rows: Int32Array;
  readonly low: number;
  readonly high: number;
  readonly depth: number;
}

/*
  Newton boosting (Friedman 2001; Chen and Guestrin 2016): trees on gradient p-y and curvature p(1-p); a leaf says
  -G/(H + penalty). Bagging over seeds: each tree sees a part of the APIs, in the traffic of one seed, one after the other.
*/
export function fitForest(examples: Examples, boosting: Boosting): ForestTable {
  const { names, rows, labels, weights } = examples;
  const random = randomOf(`boost ${boosting.seed}`);
  const data = binsOf(examples);
  const bias = evenOdds(examples);
  const scores = new Float64Array(rows.length).fill(bias);
  const gradient = new Float64Array(rows.length);
  const curve = new Float64Array(rows.length);
  const trees: string[] = [];
  for (let round = 0; round < boosting.trees; round += 1) {
    for (let index = 0; index < rows.length; index += 1) {
      const chance = 1 / (1 + Math.exp(-(scores[index] as number)));
      gradient[index] = (weights[index] as number) * (chance - (labels[index] === true ? 1 : 0));
      curve[index] = (weights[index] as number) * chance * (1 - chance);
    }
    const seen = bagOf(examples, round, (api) =>
      randomOf(`bag ${boosting.seed} ${round} ${api}`).chance(boosting.apis),
    );
    const features = [...names.keys()].filter(
      (at) => (data.cuts[at]?.length ?? 0) > 0 && random.chance(boosting.columns),
    );
    const words: string[] = [];
    const all = Int32Array.from(rows.keys());
    grow({ data, gradient, curve, names, boosting }, features, words, {
      learn: { rows: seen, low: -Infinity, high: Infinity, depth: 0 },
      told: all,
      said: 0,
      scores,
    });
    trees.push(words.join(" "));
  }
  return { features: names, bias: rounded(bias), trees };
}

function evenOdds({ labels, weights }: Examples): number {
  let [yes, all] = [0, 0];
  labels.forEach((label, index) => {
    all += weights[index] as number;
    if (label) yes += weights[index] as number;
  });
  return Math.log(yes / (all - yes));
}

function bagOf({ apis, seeds }: Examples, round: number, isIn: (api: number) => boolean): Int32Array {
  const count = Math.max(...seeds) + 1;
  const chosen = new Map<number, boolean>();
  const found: number[] = [];
  apis.forEach((api, index) => {
    if (seeds[index] !== round % count) return;
    let isChosen = chosen.get(api);
    if (isChosen === undefined) chosen.set(api, (isChosen = isIn(api)));
    if (isChosen) found.push(index);
  });
  return Int32Array.from(found);
}

interface Branching {
  readonly learn: Leaf;
  /** All rows that come here, seen by this tree or not: their scores move on. */
  readonly told: Int32Array;
  readonly said: number;
  readonly scores: Float64Array;
}

/** Writes the tree in order, as `ForestTable` has it. */
function grow(job: Growing, features: readonly number[], words: string[], at: Branching): void {
  const { learn, told, said, scores } = at;
  const split = learn.depth < job.boosting.depth ? bestSplit(job, features, learn) : null;
  if (split === null) {
    words.push(`:${rounded(said)}`);
    for (const row of told) scores[row] = (scores[row] as number) + rounded(said);
    return;
  }
  const cut = job.data.cuts[split.feature]?.[split.bin] as number;
  words.push(`${split.feature}>${cut}:${rounded(said)}`);
  const column = job.data.columns[split.feature] as Uint8Array;
  const sign = job.boosting.signs[job.names[split.feature] as string] ?? 0;
  const middle = (split.no + split.yes) / 2;
  for (const isYes of [false, true]) {
    const goes = (row: number) => (column[row] as number) > split.bin === isYes;
    const isLower = sign !== 0 && isYes === sign < 0;
    const isHigher = sign !== 0 && isYes === sign > 0;
    grow(job, features, words, {
      learn: {
        rows: learn.rows.filter(goes),
        low: isHigher ? Math.max(learn.low, middle) : learn.low,
        high: isLower ? Math.min(learn.high, middle) : learn.high,
        depth: learn.depth + 1,
      },
      told: told.filter(goes),
      said: job.boosting.rate * (isYes ? split.yes : split.no),
      scores,
    });
  }
}

/** Four decimals: the third already changes no decision. */
function rounded(number: number): number {
  return Math.round(number * 1e4) / 1e4;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly no: number;
  readonly yes: number;
}

function bestSplit(job: Growing, features: readonly number[], leaf: Leaf): Split | null {
  const { data, gradient, curve, boosting } = job;
  const sums = { g: new Float64Array(256), h: new Float64Array(256), allG: 0, allH: 0 };
  for (const row of leaf.rows) {
    sums.allG += gradient[row] as number;
    sums.allH += curve[row] as number;
  }
  if (sums.allH < 2 * boosting.least) return null;
  let best: Split | null = null;
  for (const feature of features) {
    const column = data.columns[feature] as Uint8Array;
    sums.g.fill(0);
    sums.h.fill(0);
    for (const row of leaf.rows) {
      const bin = column[row] as number;
      sums.g[bin] = (sums.g[bin] as number) + (gradient[row] as number);
      sums.h[bin] = (sums.h[bin] as number) + (curve[row] as number);
    }
    const found = bestCut(job, feature, leaf, sums);
    if (found !== null && found.gain > (best?.gain ?? 1e-6)) best = found;
  }
  return best;
}

interface Sums {
  readonly g: Float64Array;
  readonly h: Float64Array;
  readonly allG: number;
  readonly allH: number;
}

function bestCut(
  { data, names, boosting }: Growing,
  feature: number,
  { low, high }: Leaf,
  sums: Sums,
): Split | null {
  const { penalty, least, signs } = boosting;
  const said = (g: number, h: number) => Math.max(low, Math.min(high, -g / (h + penalty)));
  const worth = (g: number, h: number, says: number) => -(2 * g * says + (h + penalty) * says * says);
  const before = worth(sums.allG, sums.allH, said(sums.allG, sums.allH));
  const sign = signs[names[feature] as string] ?? 0;
  let best: Split | null = null;
  let [g, h] = [0, 0];
  for (let bin = 0; bin < (data.cuts[feature]?.length ?? 0); bin += 1) {
    g += sums.g[bin] as number;
    h += sums.h[bin] as number;
    if (h < least || sums.allH - h < least) continue;
    const [no, yes] = [said(g, h), said(sums.allG - g, sums.allH - h)];
    if ((yes - no) * sign < 0) continue;
    const gain = worth(g, h, no) + worth(sums.allG - g, sums.allH - h, yes) - before;
    if (gain > (best?.gain ?? 0)) best = { gain, feature, bin, no, yes };
  }
  return best;
}
