// Two small sketches: how values are spread (latency, sizes) and how many distinct things there were (callers).
import type { Distinct, Histogram } from "./bounded.ts";
import { addCounters, emptyRecord, sum } from "./bounded.ts";
import { soleRecord } from "./grow.ts";

/*
  Bucket i holds (GAMMA^(i-1), GAMMA^i]; its middle 2*GAMMA^i/(GAMMA+1) is within 5 % of all it holds
  (DDSketch, VLDB 2019, section 2.1).
*/
const RELATIVE_ERROR = 0.05;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);
// Below a microsecond (in ms) or a byte nothing needs telling apart; the bucket of the floor stands for zero.
const FLOOR = 0.001;
// A petabyte, or thirty thousand years in ms: more is a broken clock or a lie, and must not add buckets.
const CEILING = 1e15;
const FIRST = Math.ceil(Math.log(FLOOR) / LOG_GAMMA);

export function emptyHistogram(): Histogram {
  return EMPTY;
}

const EMPTY: Histogram = emptyRecord();

// There are some 420 buckets, and the histograms of single values are many: each is made once.
const singles = new Map<number, Histogram>();

/** The histogram of one value; NaN gives an empty one. */
export function histogramOf(value: number): Histogram {
  if (Number.isNaN(value)) return EMPTY;
  const bucket = bucketOf(value);
  const known = singles.get(bucket);
  if (known !== undefined) return known;
  const histogram = soleRecord(String(bucket), 1);
  singles.set(bucket, histogram);
  return histogram;
}

export function addToHistogram(histogram: Histogram, value: number): Histogram {
  return joinHistogram(histogram, histogramOf(value));
}

export function joinHistogram(a: Histogram, b: Histogram): Histogram {
  return addCounters(a, b);
}

/** Value below which the share `q` (0..1) of all values lies, within 5 %; null while there is none. */
export function quantile(histogram: Histogram, q: number): number | null {
  const buckets = Object.keys(histogram)
    .map(Number)
    .sort((a, b) => a - b);
  const total = Object.values(histogram).reduce(sum, 0);
  let left = Math.max(1, Math.ceil(q * total));
  for (const bucket of buckets) {
    left -= histogram[String(bucket)] ?? 0;
    if (left <= 0) return middleOf(bucket);
  }
  return null;
}

/** Sum of all values, within 5 %. */
export function total(histogram: Histogram): number {
  return Object.entries(histogram).reduce(
    (all, [bucket, count]) => all + middleOf(Number(bucket)) * count,
    0,
  );
}

function middleOf(bucket: number): number {
  return bucket <= FIRST ? 0 : (2 * GAMMA ** bucket) / (GAMMA + 1);
}

function bucketOf(value: number): number {
  if (value <= FLOOR) return FIRST;
  return Math.ceil(Math.log(Math.min(value, CEILING)) / LOG_GAMMA);
}

// Error is 1/sqrt(k-2): 64 numbers for 13 %.
const DISTINCT_K = 64;
const HASHES = 2 ** 32;

export function emptyDistinct(): Distinct {
  return [];
}

/** `hash` is 32 bits, unsigned, evenly spread. */
export function addToDistinct(distinct: Distinct, hash: number): Distinct {
  return joinDistinct(distinct, [hash]);
}

export function joinDistinct(a: Distinct, b: Distinct): Distinct {
  if (b.length <= 1 && b.every((hash) => isSettled(a, hash))) return a;
  const joined: number[] = [];
  let i = 0;
  let j = 0;
  while (joined.length < DISTINCT_K && (i < a.length || j < b.length)) {
    const left = a[i] ?? Infinity;
    const right = b[j] ?? Infinity;
    joined.push(Math.min(left, right));
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return joined;
}

/** It is in there, or too large to get in. */
function isSettled(distinct: Distinct, hash: number): boolean {
  return hash > (distinct[DISTINCT_K - 1] ?? Infinity) || distinct.includes(hash);
}

/** How many distinct hashes went in: exact below k, then an estimate. */
export function estimateDistinct(distinct: Distinct): number {
  const largest = distinct[DISTINCT_K - 1];
  if (largest === undefined) return distinct.length;
  return Math.round(((DISTINCT_K - 1) * HASHES) / (largest + 1));
}
