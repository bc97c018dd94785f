// Templates below a place before anything is decided: what places are compared by.
import type { Distinct } from "../../model/bounded.ts";
import { joinSmallest } from "../../model/grouping-facts.ts";
import { hash32 } from "../../model/hash.ts";
import { ROUTE_KEYS } from "../../model/route.ts";
import type { Place } from "./place.ts";
import type { Outline } from "./similarity.ts";
import { belowLikeness, idsBelow, meanOf, medianOf, pairsOf } from "./similarity.ts";
import { isHardCore, SUFFIX_MARK, tokenClass } from "./token.ts";
import type { Vocabulary } from "./vocabulary.ts";

// The most telling children; a wide place is compared by a sample of it.
const MOST_NEXT = 60;

function outlineOf(place: Place, labelOf: (name: string) => string): Outline {
  const ends = new Map<string, { keys: Distinct; kind: string }>();
  for (const [method, { keys, answers }] of place.ends) ends.set(method, { keys, kind: commonest(answers) });
  const names = [...new Set([...place.children.keys()].map((name) => hash32(labelOf(name))))];
  return { ends, next: names.length === 0 ? NONE : names.sort(ascending).slice(0, MOST_NEXT) };
}

function commonest(counts: Readonly<Record<string, number>>): string {
  const [first] = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? "none";
}

// Deeper templates tell no more about which values are alike.
const DEPTH = 3;
const WIDEST = 40;
const MOST = 300;

/** What word siblings stand for is not decided yet, so templates below a place are provisional here. */
export interface Templater {
  /** Hashes of the templates below a place, at most three segments long; ascending. */
  below(place: Place): Distinct;
  /** Those of them that begin with a word: what collections have in common begins with an id. */
  belowWords(place: Place): Distinct;
  outline(place: Place): Outline;
  /** Samples of response keys by what ends at a place or up to two segments below it. */
  shapes(place: Place): ReadonlyMap<number, Distinct>;
}

/**
 * Labels values `{}` from the bottom up: hard classes and integers at once, words where what lies below them overlaps
 * strongly. Raw words compared would tell nothing where a word variable follows another (`/{owner}/{repo}`).
 */
export function createTemplater(vocabulary: Vocabulary, recurrence: ReadonlyMap<string, number>): Templater {
  return new BelowPlaces(vocabulary, recurrence);
}

/** What is remembered of one place, for each is compared with many. */
interface Known {
  labels?: readonly (readonly [label: string, child: Place])[];
  outline?: Outline;
  belowWords?: Distinct;
  /** By depth. */
  readonly templates: Distinct[];
  readonly shapes: ReadonlyMap<number, Distinct>[];
}

class BelowPlaces implements Templater {
  readonly #vocabulary: Vocabulary;
  readonly #recurrence: ReadonlyMap<string, number>;
  readonly #known = new WeakMap<Place, Known>();

  constructor(vocabulary: Vocabulary, recurrence: ReadonlyMap<string, number>) {
    this.#vocabulary = vocabulary;
    this.#recurrence = recurrence;
  }

  outline(place: Place): Outline {
    return (this.#of(place).outline ??= outlineOf(place, (name) => this.#labelOf(name)));
  }

  below(place: Place): Distinct {
    return this.#templates(place, DEPTH);
  }

  belowWords(place: Place): Distinct {
    return (this.#of(place).belowWords ??= this.#wordsBelow(place));
  }

  shapes(place: Place): ReadonlyMap<number, Distinct> {
    return this.#shapes(place, SHAPES_DEPTH);
  }

  #of(place: Place): Known {
    const held = this.#known.get(place);
    if (held !== undefined) return held;
    const made: Known = { templates: [], shapes: [] };
    this.#known.set(place, made);
    return made;
  }

  #labels(place: Place): readonly (readonly [label: string, child: Place])[] {
    return (this.#of(place).labels ??= this.#labelsOf(place));
  }

  #templates(place: Place, depth: number): Distinct {
    if (place.children.size === 0) return NONE;
    return (this.#of(place).templates[depth] ??= this.#templatesBelow(place, depth));
  }

  #shapes(place: Place, depth: number): ReadonlyMap<number, Distinct> {
    const reach = place.children.size === 0 ? 0 : depth;
    return (this.#of(place).shapes[reach] ??= this.#shapesBelow(place, reach));
  }

  #labelsOf(place: Place): readonly (readonly [label: string, child: Place])[] {
    if (place.children.size === 0) return NO_LABELS;
    const names = widest(place);
    const values = this.#wordValues(place, names);
    return names.map((name) => [
      values.has(name) ? VALUE : this.#labelOf(name),
      place.children.get(name) as Place,
    ]);
  }

  #templatesBelow(place: Place, depth: number): Distinct {
    const out = new Set<number>();
    for (const [label, child] of this.#labels(place)) {
      addTemplates(out, label, depth > 1 ? this.#templates(child, depth - 1) : NONE);
      if (out.size > MOST) break;
    }
    return [...out].sort(ascending);
  }

  #wordsBelow(place: Place): Distinct {
    if (place.children.size === 0) return NONE;
    const out = new Set<number>();
    for (const [label, child] of this.#labels(place)) {
      if (label !== VALUE && label !== UNKNOWN) addTemplates(out, label, this.#templates(child, DEPTH - 1));
      if (out.size > MOST) break;
    }
    return [...out].sort(ascending);
  }

  #shapesBelow(place: Place, depth: number): ReadonlyMap<number, Distinct> {
    const out = new Map<number, Distinct>();
    const add = (at: number, keys: Distinct): void => {
      out.set(at, joinSmallest(out.get(at) ?? [], keys, ROUTE_KEYS));
    };
    for (const [method, { keys }] of place.ends) if (keys.length > 0) add(hash32(`!${method}`), keys);
    if (depth > 0) {
      for (const [label, child] of this.#labels(place)) {
        const read = label === UNKNOWN ? VALUE : label;
        for (const [at, keys] of this.#shapes(child, depth - 1)) add(joined(read, at), keys);
      }
    }
    if (out.size <= MOST_SHAPES) return out;
    return new Map(
      Array.from(out)
        .sort(([a], [b]) => a - b)
        .slice(0, MOST_SHAPES),
    );
  }

  #labelOf(name: string): string {
    if (name.startsWith(SUFFIX_MARK)) return name;
    if (isHardCore(name) || /^(?:int|date|semver)$/.test(tokenClass(name))) return VALUE;
    const known = this.#isWord(name) || (this.#recurrence.get(name) ?? 0) >= RECURRING;
    return known ? name : UNKNOWN;
  }

  #isWord(name: string): boolean {
    return this.#vocabulary.roles(name.toLowerCase()).route > 0;
  }

  /** Words among the children that are values by what lies below them. */
  #wordValues(place: Place, names: readonly string[]): ReadonlySet<string> {
    const soft = names.filter(
      (name) => !name.startsWith(SUFFIX_MARK) && !isHardCore(name) && tokenClass(name) !== "int",
    );
    if (soft.length < 2) return NO_NAMES;
    const children = soft.map((name) => place.children.get(name) as Place);
    if (this.#shareMuch(children.slice(0, 10))) return new Set(soft);
    const leaves = soft.filter((_, index) => (children[index] as Place).children.size === 0);
    const words = leaves.filter((name) => this.#isWord(name));
    const isValues =
      soft.length >= 8 && leaves.length >= 0.7 * soft.length && words.length < 0.4 * leaves.length;
    return isValues ? new Set(leaves) : NO_NAMES;
  }

  #shareMuch(sample: readonly Place[]): boolean {
    const sets = sample.map((child) => this.below(child));
    const pairs = pairsOf(sets).filter(([a, b]) => a.length >= 3 && b.length >= 3);
    if (pairs.length < Math.max(1, sample.length >> 1)) return false;
    const likes = pairs.map(([a, b]) => belowLikeness(a, b));
    const contained = medianOf(likes.map(({ containment }) => containment));
    const shared = medianOf(likes.map((like) => like.shared));
    return contained >= 0.6 && shared >= 4 && meanOf(sample.map(idsBelow), 0) < 0.5;
  }
}

// A word that no API has, but this one at so many places, is one of its own words.
const RECURRING = 3;
const VALUE = "{}";
const UNKNOWN = "?";
const NONE: Distinct = [];
const NO_NAMES: ReadonlySet<string> = new Set();
const NO_LABELS: readonly (readonly [label: string, child: Place])[] = [];
// What is two segments below tells owners of repositories apart from sections of an API.
const SHAPES_DEPTH = 2;
// A sample by hash, so that two places are compared where both were sampled.
const MOST_SHAPES = 64;

function addTemplates(out: Set<number>, label: string, below: Distinct): void {
  out.add(hash32(label));
  for (const template of below) out.add(joined(label, template));
}

function ascending(a: number, b: number): number {
  return a - b;
}

function widest(place: Place): readonly string[] {
  return [...place.children]
    .sort(([a, left], [b, right]) => right.requests - left.requests || (a < b ? -1 : 1))
    .slice(0, WIDEST)
    .map(([name]) => name);
}

function joined(label: string, template: number): number {
  return (Math.imul(hash32(label), 0xcc_9e_2d_51) ^ Math.imul(template, 0x1b_87_35_93)) >>> 0;
}
