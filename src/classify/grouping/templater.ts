// Templates below a place before anything is decided: what places are compared by.
import type { Distinct } from "../../model/bounded.ts";
import { joinSmallest } from "../../model/grouping-facts.ts";
import { hash32 } from "../../model/hash.ts";
import { ROUTE_KEYS } from "../../model/route.ts";
import type { Place } from "./place.ts";
import type { Outline } from "./similarity.ts";
import { belowLikeness, idsBelow, meanOf, medianOf, pairsOf, Shapes } from "./similarity.ts";
import { isHardCore, SUFFIX_MARK, tokenClass } from "./token.ts";
import type { Vocabulary } from "./vocabulary.ts";

// The most telling children; a wide place is compared by a sample of it.
const MOST_NEXT = 60;

function outlineOf(place: Place, labelOf: (name: string) => number): Outline {
  const ends = [...place.ends].map(([method, { keys, answers }]) => ({
    method,
    keys,
    kind: commonest(answers),
  }));
  if (place.children.size === 0) return { ends, next: NONE };
  const labels = new Set<number>();
  for (const name of place.children.keys()) labels.add(labelOf(name));
  return { ends, next: [...labels].sort(ascending).slice(0, MOST_NEXT) };
}

function commonest(counts: Readonly<Record<string, number>>): string {
  let found = "none";
  let most = -1;
  for (const kind in counts) {
    const count = counts[kind] as number;
    if (count > most || (count === most && kind < found)) [found, most] = [kind, count];
  }
  return found;
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
  /** Of what ends at a place or up to two segments below it. */
  shapes(place: Place): Shapes;
}

/**
 * Labels values `{}` from the bottom up: hard classes and integers at once, words where what lies below them overlaps
 * strongly. Raw words compared would tell nothing where a word variable follows another (`/{owner}/{repo}`).
 */
export function createTemplater(vocabulary: Vocabulary, recurrence: ReadonlyMap<string, number>): Templater {
  return new BelowPlaces(vocabulary, recurrence);
}

/** What stands below a place, widest first: hashes of what each is called here, and the places. */
interface Labelled {
  readonly labels: readonly number[];
  readonly children: readonly Place[];
}

/** What is remembered of one place, for each is compared with many; lists are by depth. */
interface Known {
  labelled: Labelled | null;
  outline: Outline | null;
  belowWords: Distinct | null;
  readonly templates: (Distinct | null)[];
  readonly shapes: (Shapes | null)[];
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

  shapes(place: Place): Shapes {
    return this.#shapes(place, SHAPES_DEPTH);
  }

  #of(place: Place): Known {
    const held = this.#known.get(place);
    if (held !== undefined) return held;
    const isLeaf = place.children.size === 0;
    const made: Known = {
      labelled: isLeaf ? NOTHING_BELOW : null,
      outline: null,
      belowWords: isLeaf ? NONE : null,
      templates: isLeaf ? LEAF_TEMPLATES : [NONE, null, null, null],
      shapes: isLeaf ? [null] : [null, null, null],
    };
    this.#known.set(place, made);
    return made;
  }

  #labelled(place: Place): Labelled {
    return (this.#of(place).labelled ??= this.#labelledOf(place));
  }

  #templates(place: Place, depth: number): Distinct {
    return (this.#of(place).templates[depth] ??= this.#templatesBelow(place, depth));
  }

  #shapes(place: Place, depth: number): Shapes {
    const reach = place.children.size === 0 ? 0 : depth;
    return (this.#of(place).shapes[reach] ??= this.#shapesBelow(place, reach));
  }

  #labelledOf(place: Place): Labelled {
    const names = widest(place);
    const values = this.#wordValues(place, names);
    return {
      labels: names.map((name) => (values.has(name) ? VALUE : this.#labelOf(name))),
      children: names.map((name) => place.children.get(name) as Place),
    };
  }

  #templatesBelow(place: Place, depth: number): Distinct {
    const out = new Set<number>();
    const { labels, children } = this.#labelled(place);
    for (let at = 0; at < labels.length && out.size <= MOST; at += 1) {
      addTemplates(out, labels[at] as number, this.#templates(children[at] as Place, depth - 1));
    }
    return [...out].sort(ascending);
  }

  #wordsBelow(place: Place): Distinct {
    const out = new Set<number>();
    const { labels, children } = this.#labelled(place);
    for (let at = 0; at < labels.length && out.size <= MOST; at += 1) {
      const label = labels[at] as number;
      if (label === VALUE || label === UNKNOWN) continue;
      addTemplates(out, label, this.#templates(children[at] as Place, DEPTH - 1));
    }
    return [...out].sort(ascending);
  }

  #shapesBelow(place: Place, depth: number): Shapes {
    const out = new Map<number, Distinct>();
    for (const [method, { keys }] of place.ends)
      if (keys.length > 0) addShape(out, hash32(`!${method}`), keys);
    const { labels, children } = depth === 0 ? NOTHING_BELOW : this.#labelled(place);
    for (let index = 0; index < labels.length; index += 1) {
      const label = labels[index] === UNKNOWN ? VALUE : (labels[index] as number);
      const { asked, keys } = this.#shapes(children[index] as Place, depth - 1);
      for (let at = 0; at < asked.length; at += 1) {
        addShape(out, joined(label, asked[at] as number), keys[at] as Distinct);
      }
    }
    const all = out.size <= MOST_SHAPES ? out : smallest(out);
    return new Shapes([...all.keys()], [...all.values()]);
  }

  #labelOf(name: string): number {
    if (name.startsWith(SUFFIX_MARK)) return hash32(name);
    if (isHardCore(name) || /^(?:int|date|semver)$/.test(tokenClass(name))) return VALUE;
    const known = this.#isWord(name) || (this.#recurrence.get(name) ?? 0) >= RECURRING;
    return known ? hash32(name) : UNKNOWN;
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
    const sets = sample.map((child) => this.below(child)).filter(({ length }) => length >= 3);
    const pairs = pairsOf(sets);
    if (pairs.length < Math.max(1, sample.length >> 1)) return false;
    const likes = pairs.map(([a, b]) => belowLikeness(a, b));
    const contained = medianOf(likes.map(({ containment }) => containment));
    const shared = medianOf(likes.map((like) => like.shared));
    return contained >= 0.6 && shared >= 4 && meanOf(sample.map(idsBelow), 0) < 0.5;
  }
}

// A word that no API has, but this one at so many places, is one of its own words.
const RECURRING = 3;
const VALUE = hash32("{}");
const UNKNOWN = hash32("?");
const NONE: Distinct = [];
const NO_NAMES: ReadonlySet<string> = new Set();
const NOTHING_BELOW: Labelled = { labels: [], children: [] };
const LEAF_TEMPLATES = [NONE, NONE, NONE, NONE];
// What is two segments below tells owners of repositories apart from sections of an API.
const SHAPES_DEPTH = 2;
// A sample by hash, so that two places are compared where both were sampled.
const MOST_SHAPES = 64;

function addTemplates(out: Set<number>, label: number, below: Distinct): void {
  out.add(label);
  for (const template of below) out.add(joined(label, template));
}

function addShape(out: Map<number, Distinct>, asked: number, keys: Distinct): void {
  const held = out.get(asked);
  out.set(asked, held === undefined ? keys : joinSmallest(held, keys, ROUTE_KEYS));
}

function smallest(shapes: ReadonlyMap<number, Distinct>): ReadonlyMap<number, Distinct> {
  return new Map([...shapes].sort(([a], [b]) => a - b).slice(0, MOST_SHAPES));
}

function ascending(a: number, b: number): number {
  return a - b;
}

function widest(place: Place): readonly string[] {
  if (place.children.size === 1) return [...place.children.keys()];
  return [...place.children]
    .sort(([a, left], [b, right]) => right.requests - left.requests || (a < b ? -1 : 1))
    .slice(0, WIDEST)
    .map(([name]) => name);
}

function joined(label: number, template: number): number {
  return (Math.imul(label, 0xcc_9e_2d_51) ^ Math.imul(template, 0x1b_87_35_93)) >>> 0;
}
