// The tree of decided paths: at each place its words, and one variable for all values together.
import { mergePlaces, placeWith } from "./place.ts";
import type { Place } from "./place.ts";
import type { Around } from "./features.ts";
import type { Templater } from "./templater.ts";
import { outlineLikeness } from "./similarity.ts";
import { FORMAT, SUFFIX_MARK, tokenClass } from "./token.ts";
import type { Verdict, VerdictTools } from "./verdicts.ts";
import { verdictsOf } from "./verdicts.ts";

export interface Branch {
  /** Text of a word, `{}`, or a suffix behind SUFFIX_MARK; "" at the root. */
  readonly label: string;
  readonly place: Place;
  /** The place before spellings of its children were joined. */
  readonly source: Place;
  /** Of this place's children: the decided segments up to here. */
  readonly around: Around;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly words: ReadonlyMap<string, Branch>;
  /** Other spellings of words, by case alone, to the usual one. */
  readonly spellings: ReadonlyMap<string, string>;
  readonly variable: Branch | null;
  /** Of the values this branch is for, when it is a variable. */
  readonly values: readonly string[];
  /** Keyed hashes of those values, as far as known. */
  readonly hashes: readonly number[];
  /** Extension nearly all values of `variable` end with; "" for none. */
  readonly extension: string;
}

/** Branches from the root on, each below the one before. */
export type Chain = readonly Branch[];

type Growing = { -readonly [K in keyof Branch]: Branch[K] };

/** What was decided last, with the same rules. */
export interface LastGrown {
  readonly root: Branch;
  /** Texts of `around`s at or below which something else is remembered now. */
  readonly unsettled: ReadonlySet<string>;
}

/** Of the last branches those stay whose places are the same objects and whose rules have not changed. */
export function growBranches(root: Place, tools: VerdictTools, last: LastGrown | null = null): Branch {
  const unsettled = last?.unsettled ?? new Set<string>();
  const seed: Seed = { label: "", source: root, around: [], values: [], hashes: [] };
  return grow(seed, last?.root ?? null, { tools, unsettled });
}

type Seed = Pick<Branch, "label" | "source" | "around" | "values" | "hashes">;

interface Growth {
  readonly tools: VerdictTools;
  readonly unsettled: ReadonlySet<string>;
}

function grow(seed: Seed, before: Branch | null, growth: Growth): Branch {
  const { values, hashes, source } = seed;
  if (before !== null && isSettled(before, source, growth))
    return isSameList(before.values, values) ? before : { ...before, values, hashes };
  if (source.children.size === 0) return seedling(seed, source);
  return growAnew(seed, before, growth);
}

function growAnew(seed: Seed, before: Branch | null, growth: Growth): Branch {
  const { place, spellings } = oneSpelling(seed.source, growth.tools.features.templater);
  const verdicts = verdictsOf(formatsApart(place), seed.around, growth.tools);
  const words = new Map<string, Branch>();
  const branch = seedling(seed, place);
  Object.assign(branch, { verdicts, spellings, words });
  for (const word of wordsOf(branch)) {
    words.set(word.label, grow(word, before?.words.get(word.label) ?? null, growth));
  }
  const found = [...verdicts].filter(([, { isValue }]) => isValue).map(([name]) => name);
  if (found.length === 0) return branch;
  const was = before?.variable ?? null;
  branch.extension = sharedExtension(found, place);
  branch.variable = grow(variableOf(branch, found, was), was, growth);
  return branch;
}

const NO_VERDICTS: Branch["verdicts"] = new Map();
const NO_SPELLINGS: Branch["spellings"] = new Map();
const NO_WORDS: Branch["words"] = new Map();

/** Nothing below. Written out, for what is spread into a literal gets a hidden class of its own: thousands of them. */
function seedling({ label, source, around, values, hashes }: Seed, place: Place): Growing {
  return {
    label,
    place,
    source,
    around,
    verdicts: NO_VERDICTS,
    words: NO_WORDS,
    spellings: NO_SPELLINGS,
    variable: null,
    values,
    hashes,
    extension: "",
  };
}

function isSettled(before: Branch, source: Place, { unsettled }: Growth): boolean {
  return before.source === source && !unsettled.has(before.around.join("/"));
}

function wordsOf({ place, around, verdicts }: Branch): readonly Seed[] {
  const words = [...place.children].filter(([name]) => verdicts.get(name)?.isValue !== true);
  return words.map(([label, source]) => {
    const next = label.startsWith(SUFFIX_MARK) ? around : around.concat(label);
    return { label, source, around: next, values: [], hashes: [] };
  });
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** What the place of a variable was made of. */
interface Made {
  readonly merged: Place;
  readonly extension: string;
  readonly values: readonly string[];
}

const makings = new WeakMap<Place, Made>();

function variableOf(branch: Branch, values: readonly string[], before: Branch | null): Seed {
  const { place, around, extension } = branch;
  const children = values.map((name) => {
    const child = place.children.get(name) as Place;
    return extension !== "" && name.endsWith(extension) ? behindSuffix(child, extension) : child;
  });
  const hashes = values.flatMap((name) => place.children.get(name)?.hash ?? []);
  const made = before === null ? undefined : makings.get(before.source);
  const merged = mergePlaces(children, made?.merged);
  const isAsBefore =
    merged === made?.merged && extension === made.extension && isSameList(values, made.values);
  const source =
    before !== null && isAsBefore
      ? before.source
      : placeWith(extension === "" ? wholeFiles(merged, values) : merged, { hash: null });
  makings.set(source, { merged, extension, values });
  return { label: "{}", source, around: around.concat("{}"), values, hashes };
}

const EXTENSION = /^\.[a-z][a-z0-9]{1,4}$/i;

/** Extensions that differ, beside values that are files, are parts of file names and no formats of a resource. */
function wholeFiles(variable: Place, values: readonly string[]): Place {
  const extensions = [...variable.children.keys()].filter(
    (name) => name.startsWith(SUFFIX_MARK) && EXTENSION.test(name.slice(SUFFIX_MARK.length)),
  );
  const files = values.filter((name) => tokenClass(name) === "file");
  if (extensions.length === 0 || files.length < 2) return variable;
  const rest = new Map([...variable.children].filter(([name]) => !extensions.includes(name)));
  const folded = extensions.map((name) => variable.children.get(name) as Place);
  return mergePlaces([placeWith(variable, { children: rest }), ...folded]);
}

/** By the child: the same again for the same extension. */
const behind = new WeakMap<Place, { readonly extension: string; readonly place: Place }>();

function behindSuffix(child: Place, extension: string): Place {
  const known = behind.get(child);
  if (known?.extension === extension) return known.place;
  const children = new Map([[`${SUFFIX_MARK}${extension}`, child]]);
  const place = placeWith(child, { children, ends: new Map(), slots: [], tau: 1 });
  behind.set(child, { extension, place });
  return place;
}

/** What stands at the end of nearly all values that end here; those that only lead on may do without. */
function sharedExtension(values: readonly string[], place: Place): string {
  const counts = new Map<string, number>();
  let ending = 0;
  for (const name of values.filter((value) => tokenClass(value) !== "hard")) {
    const child = place.children.get(name) as Place;
    const extension = extensionOf(name, child);
    if (extension === "" && child.ends.size === 0) continue;
    ending += 1;
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  for (const [extension, count] of counts) {
    const enough = extension !== "" && (count >= 3 || extension === ".json");
    if (enough && count >= 0.9 * ending) return extension;
  }
  return "";
}

/** Where a format stands apart behind some, it is seen apart behind all: so they are alike if nothing else differs. */
function formatsApart(place: Place): Place {
  const formats = new Set<string>();
  for (const child of place.children.values())
    for (const next of child.children.keys())
      if (next.startsWith(SUFFIX_MARK) && FORMAT.test(next)) formats.add(next.slice(SUFFIX_MARK.length));
  if (formats.size === 0) return place;
  const children = [...place.children].map(([name, child]) => {
    const [own = ""] = FORMAT.exec(name) ?? [];
    return [name, formats.has(own) ? behindSuffix(child, own) : child] as const;
  });
  return placeWith(place, { children: new Map(children) });
}

/** Of its own name, or what stands apart behind an identifier. */
function extensionOf(name: string, { children }: Place): string {
  const [own] = FORMAT.exec(name) ?? [];
  if (own !== undefined) return own;
  const apart = [...children.keys()].find((next) => next.startsWith(SUFFIX_MARK) && FORMAT.test(next));
  return apart?.slice(SUFFIX_MARK.length) ?? "";
}

interface Spelled {
  readonly place: Place;
  readonly spellings: ReadonlyMap<string, string>;
}

// Two spellings answered by one server alike.
const SAME_ROUTE = 0.6;

/** The place with children that differ by case alone and answer alike as one, under the usual spelling. */
function oneSpelling(place: Place, templater: Templater): Spelled {
  const byText = new Map<string, string[]>();
  for (const name of place.children.keys()) {
    const same = byText.get(name.toLowerCase());
    if (same === undefined) byText.set(name.toLowerCase(), [name]);
    else same.push(name);
  }
  if (byText.size === place.children.size) return { place, spellings: NO_SPELLINGS };
  const spellings = new Map<string, string>();
  const child = (name: string): Place => place.children.get(name) as Place;
  const children = new Map(place.children);
  for (const names of byText.values()) {
    const [usual = "", ...others] = names.sort(
      (a, b) => child(b).requests - child(a).requests || (a < b ? -1 : 1),
    );
    const same = others.filter(
      (name) => outlineLikeness(templater.outline(child(usual)), templater.outline(child(name))) > SAME_ROUTE,
    );
    if (same.length === 0) continue;
    children.set(usual, placeWith(mergePlaces([usual, ...same].map(child)), { hash: child(usual).hash }));
    for (const name of same) {
      children.delete(name);
      spellings.set(name, usual);
    }
  }
  return { place: placeWith(place, { children }), spellings };
}

/** To every branch, parents first. */
export function* chainsOf(root: Branch, above: Chain = []): Iterable<Chain> {
  const chain = [...above, root];
  yield chain;
  for (const child of root.words.values()) yield* chainsOf(child, chain);
  if (root.variable !== null) yield* chainsOf(root.variable, chain);
}
