// How alike two places are: by methods and shapes of what ends there, and by the templates of what lies below.
import type { Distinct } from "../../model/bounded.ts";
import { eachOfBoth } from "../../model/grouping-facts.ts";
import { ROUTE_KEYS } from "../../model/route.ts";
import type { Place } from "./place.ts";
import { isHardCore, tokenClass } from "./token.ts";

/** What ends at a place and what comes next, in a form made for comparing. */
export interface Outline {
  /** Method to the sample of response keys; null where no answer was looked into. */
  readonly ends: ReadonlyMap<string, { readonly keys: Distinct; readonly kind: string }>;
  /** Hashes of the segments that come next, values as their class; ascending. */
  readonly next: Distinct;
}

/** 0 (nothing in common) to 1 (the same); 0.5 where nothing can be said. */
export function outlineLikeness(a: Outline, b: Outline): number {
  const parts: number[] = [];
  if (a.ends.size > 0 || b.ends.size > 0) {
    const shared = [...a.ends.keys()].filter((method) => b.ends.has(method));
    const fewest = Math.min(a.ends.size, b.ends.size);
    parts.push(fewest === 0 ? 0.3 : shared.length / fewest);
    for (const method of shared) parts.push(answersLikeness(a, b, method));
  }
  if (a.next.length > 0 && b.next.length > 0)
    parts.push(overlap(a.next, b.next) / Math.min(a.next.length, b.next.length));
  else if (a.next.length > 0 || b.next.length > 0) parts.push(0.4);
  return parts.length === 0 ? 0.5 : sumOf(parts) / parts.length;
}

function answersLikeness(a: Outline, b: Outline, method: string): number {
  const left = a.ends.get(method);
  const right = b.ends.get(method);
  if (left === undefined || right === undefined) return 0.5;
  return keysLikeness(left.keys, right.keys) ?? (left.kind === right.kind ? 0.5 : 0.2);
}

/** Mean likeness of answers to the methods both have; null where no method has keys on both sides. */
export function shapeLikeness(a: Outline, b: Outline): number | null {
  const found: number[] = [];
  for (const [method, { keys }] of a.ends) {
    const likeness = keysLikeness(keys, b.ends.get(method)?.keys ?? []);
    if (likeness !== null && b.ends.has(method)) found.push(likeness);
  }
  return found.length === 0 ? null : sumOf(found) / found.length;
}

/** Jaccard similarity of two sets known by their smallest hashes; null where both are empty or unknown. */
export function keysLikeness(a: Distinct, b: Distinct): number | null {
  if (a.length === 0 && b.length === 0) return null;
  const known = Math.min(reach(a), reach(b));
  let shared = 0;
  let all = 0;
  eachOfBoth(a, b, (hash, both) => {
    if (hash > known) return false;
    all += 1;
    if (both) shared += 1;
    return true;
  });
  return all === 0 ? 0 : shared / all;
}

/** A full sample says nothing about hashes above its largest. */
function reach(sample: Distinct): number {
  return sample[ROUTE_KEYS - 1] ?? Infinity;
}

function overlap(a: Distinct, b: Distinct): number {
  let shared = 0;
  eachOfBoth(a, b, (_hash, both) => {
    if (both) shared += 1;
    return true;
  });
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
  for (const number of numbers) sum += number;
  return sum;
}

export function meanOf(numbers: readonly number[], otherwise: number): number {
  return numbers.length === 0 ? otherwise : sumOf(numbers) / numbers.length;
}

export function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

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
export function answersLikenessBelow(
  a: ReadonlyMap<number, Distinct>,
  b: ReadonlyMap<number, Distinct>,
): Answers | null {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  let count = 0;
  let conflicts = 0;
  for (const [at, keys] of few) {
    const other = many.get(at);
    if (other === undefined) continue;
    const like = keysLikeness(keys, other) ?? 0.5;
    sum += like;
    count += 1;
    if (like < CONFLICT) conflicts += 1;
  }
  return count === 0 ? null : { like: sum / count, conflicts: conflicts / count };
}

export function pairsOf<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b) => [a, b] as const));
}

/** Share of the requests through a place whose next segment is surely a value: a collection has nearly all. */
export function idsBelow(place: Place): number {
  let ids = 0;
  for (const [name, child] of place.children) {
    if (isHardCore(name) || tokenClass(name) === "int") ids += child.requests;
  }
  return ids / Math.max(1, place.requests);
}
