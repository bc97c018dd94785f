// How alike two places are: by methods and shapes of what ends there, and by the templates of what lies below.
import type { Distinct } from "../../model/bounded.ts";
import { joinSmallest } from "../../model/grouping-facts.ts";
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

function outlineOf(place: Place, labelOf: (name: string) => string): Outline {
  const ends = new Map<string, { keys: Distinct; kind: string }>();
  for (const [method, { keys, answers }] of place.ends) ends.set(method, { keys, kind: commonest(answers) });
  const names = [...new Set([...place.children.keys()].map((name) => hash32(labelOf(name))))];
  return { ends, next: new Set(names.sort((a, b) => a - b).slice(0, MOST_NEXT)) };
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
  let shared = 0;
  let all = 0;
  let i = 0;
  let j = 0;
  for (;;) {
    const left = a[i] ?? Infinity;
    const right = b[j] ?? Infinity;
    const next = Math.min(left, right);
    if (next > known || next === Infinity) break;
    all += 1;
    if (left === right) shared += 1;
    if (left === next) i += 1;
    if (right === next) j += 1;
  }
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
  /** Those of them that begin with a word: what collections have in common begins with an id. */
  belowWords(place: Place): ReadonlySet<number>;
  outline(place: Place): Outline;
  /** Samples of response keys by what ends at a place or up to two segments below it. */
  shapes(place: Place): ReadonlyMap<number, Distinct>;
}

/**
 * Labels values `{}` from the bottom up: hard classes and integers at once, words where what lies below them overlaps
 * strongly. Raw words compared would tell nothing where a word variable follows another (`/{owner}/{repo}`).
 */
export function createTemplater(vocabulary: Vocabulary, recurrence: ReadonlyMap<string, number>): Templater {
  const below = deepMemo((place, depth) => templatesBelow(place, depth));
  const shapes = deepMemo((place, depth) => shapesBelow(place, depth));
  const labels = memo((place: Place) => labelsOf(place));

  function labelsOf(place: Place): readonly (readonly [label: string, child: Place])[] {
    const names = widest(place);
    const values = wordValues(place, names);
    return names.map((name) => [values.has(name) ? VALUE : labelOf(name), place.children.get(name) as Place]);
  }

  function templatesBelow(place: Place, depth: number): ReadonlySet<number> {
    const out = new Set<number>();
    for (const [label, child] of labels(place)) {
      addTemplates(out, label, depth > 1 ? below(child, depth - 1) : NONE);
      if (out.size > MOST) break;
    }
    return out;
  }

  const belowWords = memo((place: Place): ReadonlySet<number> => {
    const out = new Set<number>();
    for (const [label, child] of labels(place)) {
      if (label !== VALUE && label !== UNKNOWN) addTemplates(out, label, below(child, DEPTH - 1));
      if (out.size > MOST) break;
    }
    return out;
  });

  function shapesBelow(place: Place, depth: number): ReadonlyMap<number, Distinct> {
    const out = new Map<number, Distinct>();
    const add = (at: number, keys: Distinct): void => {
      out.set(at, joinSmallest(out.get(at) ?? [], keys, FULL));
    };
    for (const [method, { keys }] of place.ends) if (keys.length > 0) add(hash32(`!${method}`), keys);
    if (depth > 0) {
      for (const [label, child] of labels(place)) {
        const read = label === UNKNOWN ? VALUE : label;
        for (const [at, keys] of shapes(child, depth - 1)) add(joined(read, at), keys);
      }
    }
    return out.size <= MOST_SHAPES ? out : new Map([...out].sort(([a], [b]) => a - b).slice(0, MOST_SHAPES));
  }

  function labelOf(name: string): string {
    if (name.startsWith(SUFFIX_MARK)) return name;
    if (isHardCore(name) || /^(?:int|date|semver)$/.test(tokenClass(name))) return VALUE;
    const word = name.toLowerCase();
    return vocabulary.roles(word).route > 0 || (recurrence.get(name) ?? 0) >= 3 ? name : UNKNOWN;
  }

  /** Words among the children that are values by what lies below them. */
  function wordValues(place: Place, names: readonly string[]): ReadonlySet<string> {
    const soft = names.filter(
      (name) => !name.startsWith(SUFFIX_MARK) && !isHardCore(name) && tokenClass(name) !== "int",
    );
    if (soft.length < 2) return NO_NAMES;
    const children = soft.map((name) => place.children.get(name) as Place);
    if (shareMuch(children.slice(0, 10))) return new Set(soft);
    const leaves = soft.filter((_, index) => (children[index] as Place).children.size === 0);
    const words = leaves.filter((name) => vocabulary.roles(name.toLowerCase()).route > 0);
    const isValues =
      soft.length >= 8 && leaves.length >= 0.7 * soft.length && words.length < 0.4 * leaves.length;
    return isValues ? new Set(leaves) : NO_NAMES;
  }

  function shareMuch(sample: readonly Place[]): boolean {
    const sets = sample.map((child) => below(child, DEPTH));
    const pairs = pairsOf(sets).filter(([a, b]) => a.size >= 3 && b.size >= 3);
    if (pairs.length < Math.max(1, sample.length >> 1)) return false;
    const likes = pairs.map(([a, b]) => belowLikeness(a, b));
    const contained = medianOf(likes.map(({ containment }) => containment));
    const shared = medianOf(likes.map((like) => like.shared));
    return contained >= 0.6 && shared >= 4 && meanOf(sample.map(idsBelow), 0) < 0.5;
  }

  return {
    below: (place) => below(place, DEPTH),
    belowWords,
    outline: memo((place: Place) => outlineOf(place, labelOf)),
    shapes: (place) => shapes(place, SHAPES_DEPTH),
  };
}

const VALUE = "{}";
const UNKNOWN = "?";
const NONE: ReadonlySet<number> = new Set();
const NO_NAMES: ReadonlySet<string> = new Set();
// What is two segments below tells owners of repositories apart from sections of an API.
const SHAPES_DEPTH = 2;
// A sample by hash, so that two places are compared where both were sampled.
const MOST_SHAPES = 64;

function addTemplates(out: Set<number>, label: string, below: ReadonlySet<number>): void {
  out.add(hash32(label));
  for (const template of below) out.add(joined(label, template));
}

function memo<V>(make: (place: Place) => V): (place: Place) => V {
  const known = new WeakMap<Place, { readonly made: V }>();
  return (place) => {
    const found = known.get(place) ?? { made: make(place) };
    known.set(place, found);
    return found.made;
  };
}

function deepMemo<V>(make: (place: Place, depth: number) => V): (place: Place, depth: number) => V {
  const known = new WeakMap<Place, Map<number, V>>();
  return (place, depth) => {
    const held = known.get(place) ?? new Map<number, V>();
    known.set(place, held);
    const found = held.get(depth) ?? make(place, depth);
    held.set(depth, found);
    return found;
  };
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

function widest(place: Place): readonly string[] {
  return [...place.children]
    .sort(([a, left], [b, right]) => right.requests - left.requests || (a < b ? -1 : 1))
    .slice(0, WIDEST)
    .map(([name]) => name);
}

export function pairsOf<T>(items: readonly T[]): readonly (readonly [T, T])[] {
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
