// Tells generated answers from looked-up ones by hashes alone: repeated inputs, and how the vocabulary grows.
import type { TextFacts } from "../model/text-facts.ts";
import { estimateDistinct } from "../model/sketch.ts";

export interface Repetition {
  /** Inputs that were answered in more than one way. */
  readonly varied: number;
  /** Repetitions of inputs that were only ever answered in one way. */
  readonly settled: number;
}

export function repetition({ pairs }: TextFacts): Repetition {
  let varied = 0;
  let settled = 0;
  for (const { count, outs } of Object.values(pairs.kept)) {
    if (outs.length > 1) varied += 1;
    else settled += count - 1;
  }
  return { varied, settled };
}

// The second input brings half an answer of new words, and not less than a third; further ones ever fewer, since a
// language runs out of common words.
const GROWTH = { narrow: [0.35, 0.2], wide: [0.5, 0.25] } as const;
const COUNTED_INPUTS = 10;

/** "narrow": answers to different inputs are made of the words of one; "unknown": too little to tell. */
export function vocabulary({ ins, words, wordCount, pairs }: TextFacts): "narrow" | "wide" | "unknown" {
  const inputs = Math.min(estimateDistinct(ins), COUNTED_INPUTS);
  const answers = Object.values(pairs.kept).reduce((sum, { count }) => sum + count, pairs.rest?.count ?? 0);
  if (inputs < 2 || answers === 0) return "unknown";
  const mean = wordCount / answers;
  if (mean < 3) return "unknown";
  const grown = ([second, further]: readonly [number, number]) =>
    mean * (1 + second + further * (inputs - 2));
  const distinct = estimateDistinct(words);
  if (distinct <= grown(GROWTH.narrow)) return "narrow";
  return distinct >= grown(GROWTH.wide) ? "wide" : "unknown";
}
