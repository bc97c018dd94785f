// How alike two places are: by methods and shapes of what ends there, and by the templates of what lies below.
import type { Distinct } from "../../model/bounded.ts";
import { ROUTE_KEYS } from "../../model/route.ts";
import type { Place } from "./place.ts";
import { isHardCore, tokenClass } from "./token.ts";

// Compared by the hundred thousand in one decision, so nothing is made on the way but numbers.

/** What is asked at a place with one method. */
export interface End {
  readonly method: string;
  /** A sample of response keys; empty where no answer was looked into. */
  readonly keys: Distinct;
  /** Commonest kind of answer. */
  readonly kind: string;
}

/** What ends at a place and what comes next, in a form made for comparing. */
export interface Outline {
  readonly ends: readonly End[];
  /** Hashes of the segments that come next, values as their class; ascending. */
  readonly next: Distinct;
}

/** 0 (nothing in common) to 1 (the same); 0.5 where nothing can be said. */
export function outlineLikeness(a: Outline, b: Outline): number {
  let sum = 0;
  let parts = 0;
  if (a.ends.length > 0 || b.ends.length > 0) {
    const shared = sharedMethods(a, b);
    const fewest = Math.min(a.ends.length, b.ends.length);
    sum += fewest === 0 ? 0.3 : shared / fewest;
    for (const end of a.ends) {
      const other = endFor(b, end.method);
      if (other !== undefined) sum += answerLikeness(end, other);
    }
    parts += 1 + shared;
  }
  if (a.next.length > 0 || b.next.length > 0) {
    sum += nextLikeness(a.next, b.next);
    parts += 1;
  }
  return parts === 0 ? 0.5 : sum / parts;
}

function endFor({ ends }: Outline, method: string): End | undefined {
  for (const end of ends) if (end.method === method) return end;
  return undefined;
}

function sharedMethods(a: Outline, b: Outline): number {
  let shared = 0;
  for (const { method } of a.ends) if (endFor(b, method) !== undefined) shared += 1;
  return shared;
}

function answerLikeness(a: End, b: End): number {
  return keysLikeness(a.keys, b.keys) ?? (a.kind === b.kind ? 0.5 : 0.2);
}

function nextLikeness(a: Distinct, b: Distinct): number {
  return a.length === 0 || b.length === 0 ? 0.4 : overlap(a, b) / Math.min(a.length, b.length);
}

/** Mean likeness of answers to the methods both have; null where no method has keys on both sides. */
export function shapeLikeness(a: Outline, b: Outline): number | null {
  let sum = 0;
  let found = 0;
  for (const { method, keys } of a.ends) {
    const other = endFor(b, method);
    const likeness = other === undefined ? null : keysLikeness(keys, other.keys);
    if (likeness === null) continue;
    sum += likeness;
    found += 1;
  }
  return found === 0 ? null : sum / found;
}

/** Jaccard similarity of two sets known by their smallest hashes; null where both are empty or unknown. */
export function keysLikeness(a: Distinct, b: Distinct): number | null {
  if (a.length === 0 && b.length === 0) return null;
  const known = Math.min(reach(a), reach(b));
  const shared = overlap(a, b, known);
  const all = countUpTo(a, known) + countUpTo(b, known) - shared;
  return all === 0 ? 0 : shared / all;
}

/** A full sample says nothing about hashes above its largest. */
function reach(sample: Distinct): number {
  return sample.length < ROUTE_KEYS ? Infinity : (sample[ROUTE_KEYS - 1] as number);
}

function countUpTo(sample: Distinct, most: number): number {
  let count = sample.length;
  while (count > 0 && (sample[count - 1] as number) > most) count -= 1;
  return count;
}

/** How many numbers of two ascending lists, up to `most`, are in both. */
function overlap(a: Distinct, b: Distinct, most = Infinity): number {
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] as number;
    const right = b[j] as number;
    if (left === right && left <= most) shared += 1;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return shared;
}

/** Likeness of the templates below two places. */
export interface Below {
  readonly jaccard: number;
  /** Share of the smaller that the larger has, too. */
  readonly containment: number;
  /** Templates both have. */
  readonly shared: number;
}

export function belowLikeness(a: Distinct, b: Distinct): Below {
  if (a.length === 0 || b.length === 0) {
    const likeness = a.length === 0 && b.length === 0 ? 0.5 : 0.3;
    return { jaccard: likeness, containment: 0, shared: 0 };
  }
  const shared = overlap(a, b);
  return {
    jaccard: shared / (a.length + b.length - shared),
    containment: shared / Math.min(a.length, b.length),
    shared,
  };
}

export function sumOf(numbers: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < numbers.length; at += 1) sum += numbers[at] as number;
  return sum;
}

export function meanOf(numbers: readonly number[], otherwise: number): number {
  return numbers.length === 0 ? otherwise : sumOf(numbers) / numbers.length;
}

// The pairs of ten: up to so many, moving numbers up takes less time than calling back for each comparison.
const SHORT = 45;

function sortedByInsertion(numbers: readonly number[]): readonly number[] {
  const sorted = numbers.slice();
  for (let from = 1; from < sorted.length; from += 1) {
    const number = sorted[from] as number;
    let at = from;
    for (; at > 0 && (sorted[at - 1] as number) > number; at -= 1) sorted[at] = sorted[at - 1] as number;
    sorted[at] = number;
  }
  return sorted;
}

export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.length > SHORT ? [...numbers].sort((a, b) => a - b) : sortedByInsertion(numbers);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Samples of response keys by what was asked, as hashes: in order of its first appearance. */
export class Shapes {
  readonly asked: readonly number[];
  readonly keys: readonly Distinct[];
  #index: ReadonlyMap<number, Distinct> | null = null;

  constructor(asked: readonly number[], keys: readonly Distinct[]) {
    this.asked = asked;
    this.keys = keys;
  }

  find(asked: number): Distinct | undefined {
    if (this.asked.length <= FEW) {
      const at = this.asked.indexOf(asked);
      return at < 0 ? undefined : this.keys[at];
    }
    this.#index ??= new Map(this.asked.map((hash, at) => [hash, this.keys[at] as Distinct]));
    return this.#index.get(asked);
  }
}

// Most places are asked a handful of things, and so many are found sooner by looking than by hashing.
const FEW = 8;

/** How alike two places answer to what both are asked. */
export interface Answers {
  /** Mean likeness. */
  readonly like: number;
  /** Share of questions answered with something else altogether. */
  readonly conflicts: number;
}

// Answers of one kind share half of their keys even when each leaves a third of its optional ones out.
const CONFLICT = 0.35;

/** null where nothing with keys on both sides was asked of both. */
export function answersLikenessBelow(a: Shapes, b: Shapes): Answers | null {
  const few = a.asked.length < b.asked.length ? a : b;
  const many = few === a ? b : a;
  let sum = 0;
  let count = 0;
  let conflicts = 0;
  for (let at = 0; at < few.asked.length; at += 1) {
    const other = many.find(few.asked[at] as number);
    if (other === undefined) continue;
    const like = keysLikeness(few.keys[at] as Distinct, other) ?? 0.5;
    sum += like;
    count += 1;
    if (like < CONFLICT) conflicts += 1;
  }
  return count === 0 ? null : { like: sum / count, conflicts: conflicts / count };
}

export function pairsOf<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  const pairs: (readonly [T, T])[] = [];
  for (let a = 0; a < items.length; a += 1) {
    for (let b = a + 1; b < items.length; b += 1) pairs.push([items[a] as T, items[b] as T]);
  }
  return pairs;
}

/** Share of the requests through a place whose next segment is surely a value: a collection has nearly all. */
export function idsBelow(place: Place): number {
  let ids = 0;
  for (const [name, child] of place.children) {
    if (isHardCore(name) || tokenClass(name) === "int") ids += child.requests;
  }
  return ids / Math.max(1, place.requests);
}
