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

// Each further input brings new words: a third of an answer's at least, until a language runs out of common ones.
const GROWTH = 0.2;
const COUNTED_INPUTS = 10;

/** "narrow": answers to different inputs are made of the words of one; "unknown": too little to tell. */
export function vocabulary({ ins, words, wordCount, pairs }: TextFacts): "narrow" | "wide" | "unknown" {
  const inputs = Math.min(estimateDistinct(ins), COUNTED_INPUTS);
  const answers = Object.values(pairs.kept).reduce((sum, { count }) => sum + count, pairs.rest?.count ?? 0);
  if (inputs < 2 || answers === 0) return "unknown";
  const mean = wordCount / answers;
  if (mean < 3) return "unknown";
  return estimateDistinct(words) <= mean * (1 + GROWTH * (inputs - 1)) ? "narrow" : "wide";
}
