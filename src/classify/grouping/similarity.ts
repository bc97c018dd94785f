// How alike two places are: by methods and shapes of what ends there, and by the templates of what lies below.
import type { Distinct } from "../../model/bounded.ts";
import { hash32 } from "../../model/hash.ts";
import type { Place } from "./place.ts";
import { isHardCore, SUFFIX_MARK, tokenClass } from "./token.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What ends at a place and what comes next, in a form made for comparing. */
export interface Outline {
  /** Method to the sample of response keys; null where no answer was looked into. */
  readonly ends: ReadonlyMap<string, { readonly keys: Distinct; readonly kind: string }>;
  /** Hashes of the segments that come next, values as their class. */
  readonly next: ReadonlySet<number>;
}

// The most telling children; a wide place is compared by a sample of it.
const MOST_NEXT = 60;

export function outlineOf(place: Place): Outline {
  const ends = new Map<string, { keys: Distinct; kind: string }>();
  for (const [method, { keys, answers }] of place.ends) ends.set(method, { keys, kind: commonest(answers) });
  const names = [...place.children.keys()].map((name) => hash32(asClass(name))).sort((a, b) => a - b);
  return { ends, next: new Set(names.slice(0, MOST_NEXT)) };
}

function asClass(name: string): string {
  return isHardCore(name) || tokenClass(name) === "int" ? "{}" : name;
}

function commonest(counts: Readonly<Record<string, number>>): string {
  const [first] = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? "none";
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
  if (a.next.size > 0 && b.next.size > 0)
    parts.push(overlap(a.next, b.next) / Math.min(a.next.size, b.next.size));
  else if (a.next.size > 0 || b.next.size > 0) parts.push(0.4);
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

// As many as are kept: a full sample says nothing about hashes above its largest.
const FULL = 32;

/** Jaccard similarity of two sets known by their smallest hashes; null where both are empty or unknown. */
export function keysLikeness(a: Distinct, b: Distinct): number | null {
  if (a.length === 0 && b.length === 0) return null;
  const known = Math.min(reach(a), reach(b));
  const left = new Set(a.filter((hash) => hash <= known));
  const right = b.filter((hash) => hash <= known);
  const shared = right.filter((hash) => left.has(hash)).length;
  const all = left.size + right.length - shared;
  return all === 0 ? 0 : shared / all;
}

function reach(sample: Distinct): number {
  return sample[FULL - 1] ?? Infinity;
}

function overlap(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const item of small) if (large.has(item)) shared += 1;
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

export function belowLikeness(a: ReadonlySet<number>, b: ReadonlySet<number>): Below {
  if (a.size === 0 || b.size === 0) {
    const likeness = a.size === 0 && b.size === 0 ? 0.5 : 0.3;
    return { jaccard: likeness, containment: 0, shared: 0 };
  }
  const shared = overlap(a, b);
  return {
    jaccard: shared / (a.size + b.size - shared),
    containment: shared / Math.min(a.size, b.size),
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

// Deeper templates tell no more about which values are alike.
const DEPTH = 3;
const WIDEST = 40;
const MOST = 300;

/** What word siblings stand for is not decided yet, so templates below a place are provisional here. */
export interface Templater {
  /** Hashes of the templates below a place, at most three segments long. */
  below(place: Place): ReadonlySet<number>;
}

/**
 * Labels values `{}` from the bottom up: hard classes and integers at once, words where what lies below them overlaps
 * strongly. Raw words compared would tell nothing where a word variable follows another (`/{owner}/{repo}`).
 */
export function createTemplater(vocabulary: Vocabulary, recurrence: ReadonlyMap<string, number>): Templater {
  const known = new WeakMap<Place, Map<number, ReadonlySet<number>>>();
  const below = (place: Place, depth: number): ReadonlySet<number> => {
    const held = known.get(place) ?? new Map<number, ReadonlySet<number>>();
    known.set(place, held);
    const found = held.get(depth) ?? templatesBelow(place, depth);
    held.set(depth, found);
    return found;
  };

  function templatesBelow(place: Place, depth: number): ReadonlySet<number> {
    const out = new Set<number>();
    const names = widest(place);
    const values = wordValues(place, names, (child) => below(child, DEPTH));
    for (const name of names) {
      const child = place.children.get(name) as Place;
      const label = labelOf(name, values);
      out.add(hash32(label));
      if (depth > 1) for (const template of below(child, depth - 1)) out.add(joined(label, template));
      if (out.size > MOST) break;
    }
    return out;
  }

  function labelOf(name: string, values: ReadonlySet<string>): string {
    if (name.startsWith(SUFFIX_MARK)) return name;
    if (isHardCore(name) || values.has(name) || /^(?:int|date|semver)$/.test(tokenClass(name))) return "{}";
    const word = name.toLowerCase();
    return vocabulary.roles(word).route > 0 || (recurrence.get(name) ?? 0) >= 2 ? name : "?";
  }

  /** Words among the children that are values by what lies below them. */
  function wordValues(
    place: Place,
    names: readonly string[],
    deep: (child: Place) => ReadonlySet<number>,
  ): ReadonlySet<string> {
    const soft = names.filter(
      (name) => !name.startsWith(SUFFIX_MARK) && !isHardCore(name) && tokenClass(name) !== "int",
    );
    if (soft.length < 2) return NO_NAMES;
    const children = soft.map((name) => place.children.get(name) as Place);
    const sample = children.slice(0, 10);
    const sets = sample.map(deep);
    const pairs = pairsOf(sets).filter(([a, b]) => a.size >= 3 && b.size >= 3);
    const likes = pairs.map(([a, b]) => belowLikeness(a, b));
    if (likes.length >= Math.max(1, sample.length >> 1)) {
      const collections = meanOf(sample.map(idsBelow), 0);
      const contained = medianOf(likes.map(({ containment }) => containment));
      const shared = medianOf(likes.map((like) => like.shared));
      if (contained >= 0.6 && shared >= 4 && collections < 0.5) return new Set(soft);
    }
    const leaves = soft.filter((_, index) => (children[index] as Place).children.size === 0);
    const words = leaves.filter((name) => vocabulary.roles(name.toLowerCase()).route > 0);
    const isValues =
      soft.length >= 8 && leaves.length >= 0.7 * soft.length && words.length < 0.4 * leaves.length;
    return isValues ? new Set(leaves) : NO_NAMES;
  }

  return { below: (place) => below(place, DEPTH) };
}

const NO_NAMES: ReadonlySet<string> = new Set();

function widest(place: Place): readonly string[] {
  return [...place.children]
    .sort(([a, left], [b, right]) => right.requests - left.requests || (a < b ? -1 : 1))
    .slice(0, WIDEST)
    .map(([name]) => name);
}

function pairsOf<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b) => [a, b] as const));
}

function joined(label: string, template: number): number {
  return (Math.imul(hash32(label), 0xcc_9e_2d_51) ^ Math.imul(template, 0x1b_87_35_93)) >>> 0;
}

/** Share of the requests through a place whose next segment is surely a value: a collection has nearly all. */
export function idsBelow(place: Place): number {
  let ids = 0;
  for (const [name, child] of place.children) {
    if (isHardCore(name) || tokenClass(name) === "int") ids += child.requests;
  }
  return ids / Math.max(1, place.requests);
}
