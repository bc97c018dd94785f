// What the texts of an endpoint are like, without any of them: counters, sizes, speeds and keyed hashes that merge.
import type { Bound, Bounded, Distinct, Histogram } from "./bounded.ts";
import { emptyBounded, emptyRecord, sum } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { growBounded, growCounters, growRecord, ownCopy } from "./grow.ts";
import { emptyDistinct, emptyHistogram, joinDistinct } from "./sketch.ts";

/** Things that may be true of an exchange. Fixed set: record keys. */
export const TEXT_SIGNALS = [
  "text-in",
  "short-in",
  "data-in",
  "text-out",
  "answer",
  "none-out",
  "echo",
  "items",
  "authored",
  "record",
  "paging",
  "languages",
  "on-topic",
  "off-topic",
  "elaborates",
  "carried",
  "deltas",
  "feed",
  "end-mark",
  "usage",
  "usage-consistent",
  "model",
  "parameters",
  "prompt-key",
  "answer-key",
  "markdown",
  "refusal",
  "style",
  "sources",
  "conversation",
  "roles",
  "steps",
  "tool-schema",
  "tool-names",
  "question",
  "code-in",
  "code-out",
  "condensed",
  "infill",
  "vectors",
  "neighbours",
  "image-out",
  "image-link",
  "image-in",
  "canvas",
  "video-out",
  "audio-out",
  "audio-in",
  "labels",
  "ranks",
  "tensors",
  "deferred",
] as const;

export type TextSignal = (typeof TEXT_SIGNALS)[number];

/** In how many exchanges, and when (milliseconds since the epoch). */
export interface SignalFacts {
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** Sums over (duration in 10 ms, length in characters): whole numbers, so that adding them up is exact in any order. */
export interface FitFacts {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** What one input was answered with. */
export interface PairFacts {
  readonly count: number;
  /** Smallest keyed hashes of the answers, ascending; at most 4. */
  readonly outs: readonly number[];
}

/** How often requests to this endpoint's server came while, or without, that server called a model host. */
export interface NestingFacts {
  readonly requests: number;
  /** Of those, how many enclosed a call from the same address to a model host. */
  readonly enclosing: number;
  /** How many would have by chance, in thousandths. */
  readonly chance: number;
  /** Authorities called, to how often. */
  readonly hosts: Bounded<number>;
}

export interface TextFacts {
  /** Exchanges whose texts were looked at. */
  readonly looked: number;
  readonly signals: Readonly<Partial<Record<TextSignal, SignalFacts>>>;
  /** Of exchanges with an answer in text whose time is known: milliseconds; characters a second. */
  readonly duration: Histogram;
  readonly speed: Histogram;
  /** Characters of such answers. */
  readonly length: Histogram;
  readonly fit: FitFacts;
  /** Keyed hashes of inputs, of answers, and of the words of answers that were not in the input. */
  readonly ins: Distinct;
  readonly outs: Distinct;
  readonly words: Distinct;
  /** How many such words there were in all. */
  readonly wordCount: number;
  /** By keyed hash of the input, hexadecimal. */
  readonly pairs: Bounded<PairFacts>;
  readonly nesting?: NestingFacts;
}

// Enough to tell whether answers to one input vary: of three inputs that repeat one is kept with near certainty.
const MAX_PAIRS = 24;
// Two different answers settle the question; the others tell a cache from a generator.
const MAX_OUTS = 4;
const MAX_HOSTS = 8;

const PAIRS: Bound<PairFacts> = { cap: MAX_PAIRS, join: joinPair };
const HOSTS: Bound<number> = { cap: MAX_HOSTS, join: sum };

export function emptyText(): TextFacts {
  return {
    looked: 0,
    signals: emptyRecord(),
    duration: emptyHistogram(),
    speed: emptyHistogram(),
    length: emptyHistogram(),
    fit: NO_FIT,
    ins: emptyDistinct(),
    outs: emptyDistinct(),
    words: emptyDistinct(),
    wordCount: 0,
    pairs: emptyBounded(),
  };
}

export const NO_FIT: FitFacts = { n: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };

/** Commutative and associative. */
export function joinText(a: TextFacts, b: TextFacts): TextFacts {
  return growText(ownCopy(a), b);
}

/** `joinText` into `into`, which it gives back. */
export function growText(into: Own<TextFacts>, from: TextFacts): TextFacts {
  into.looked += from.looked;
  growRecord(
    into.signals as Record<string, SignalFacts>,
    from.signals as Record<string, SignalFacts>,
    joinSignal,
  );
  growCounters(into.duration, from.duration);
  growCounters(into.speed, from.speed);
  growCounters(into.length, from.length);
  into.fit = addFit(into.fit, from.fit);
  into.ins = joinDistinct(into.ins, from.ins);
  into.outs = joinDistinct(into.outs, from.outs);
  into.words = joinDistinct(into.words, from.words);
  into.wordCount += from.wordCount;
  growBounded(into.pairs, from.pairs, PAIRS);
  if (from.nesting !== undefined) into.nesting = joinNesting(into.nesting, from.nesting);
  return into;
}

function joinSignal(a: SignalFacts, b: SignalFacts): SignalFacts {
  return {
    count: a.count + b.count,
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    lastSeen: Math.max(a.lastSeen, b.lastSeen),
  };
}

function addFit(a: FitFacts, b: FitFacts): FitFacts {
  return {
    n: a.n + b.n,
    x: a.x + b.x,
    y: a.y + b.y,
    xx: a.xx + b.xx,
    yy: a.yy + b.yy,
    xy: a.xy + b.xy,
  };
}

function joinPair(a: PairFacts, b: PairFacts): PairFacts {
  const outs = [...new Set([...a.outs, ...b.outs])].sort((x, y) => x - y);
  return { count: a.count + b.count, outs: outs.slice(0, MAX_OUTS) };
}

function joinNesting(a: NestingFacts | undefined, b: NestingFacts): NestingFacts {
  if (a === undefined) return ownCopy(b);
  const hosts = ownCopy(a.hosts);
  growBounded(hosts, b.hosts, HOSTS);
  return {
    requests: a.requests + b.requests,
    enclosing: a.enclosing + b.enclosing,
    chance: a.chance + b.chance,
    hosts,
  };
}
