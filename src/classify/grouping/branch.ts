// The tree of decided paths: at each place its words, and one variable for all values together.
import { mergePlaces } from "./place.ts";
import type { Place } from "./place.ts";
import type { Around } from "./features.ts";
import type { Templater } from "./templater.ts";
import { outlineLikeness } from "./similarity.ts";
import { SUFFIX_MARK, tokenClass } from "./token.ts";
import type { Verdict, VerdictTools } from "./verdicts.ts";
import { verdictsOf } from "./verdicts.ts";

export interface Branch {
  readonly parent: Branch | null;
  /** Text of a word, `{}`, or a suffix behind SUFFIX_MARK; "" at the root. */
  readonly label: string;
  readonly place: Place;
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

type Growing = { -readonly [K in keyof Branch]: Branch[K] };

export function growBranches(root: Place, tools: VerdictTools): Branch {
  return grow({ parent: null, label: "", place: root, around: [], values: [], hashes: [] }, tools);
}

type Seed = Pick<Branch, "parent" | "label" | "place" | "around" | "values" | "hashes">;

function grow(seed: Seed, tools: VerdictTools): Branch {
  const { around } = seed;
  const { place, spellings } = oneSpelling(seed.place, tools.features.templater);
  const verdicts = verdictsOf(place, around, tools);
  const grown = new Map<string, Branch>();
  const branch: Growing = {
    ...seed,
    place,
    verdicts,
    spellings,
    words: grown,
    variable: null,
    extension: "",
  };
  for (const [name, child] of place.children) {
    if (verdicts.get(name)?.isValue === true) continue;
    const isSuffix = name.startsWith(SUFFIX_MARK);
    const next = isSuffix ? around : [...around, name];
    grown.set(
      name,
      grow({ parent: branch, label: name, place: child, around: next, values: [], hashes: [] }, tools),
    );
  }
  const values = [...verdicts].filter(([, { isValue }]) => isValue).map(([name]) => name);
  if (values.length > 0) {
    branch.extension = sharedExtension(values);
    branch.variable = grow(variableOf(branch, values), tools);
  }
  return branch;
}

function variableOf(branch: Branch, values: readonly string[]): Seed {
  const { place, around, extension } = branch;
  const children = values.map((name) => {
    const child = place.children.get(name) as Place;
    return extension !== "" && name.endsWith(extension) ? behindSuffix(child, extension) : child;
  });
  const hashes = values.flatMap((name) => place.children.get(name)?.hash ?? []);
  const variable = mergePlaces(children);
  const merged = { ...(extension === "" ? wholeFiles(variable, values) : variable), hash: null };
  return { parent: branch, label: "{}", place: merged, around: [...around, "{}"], values, hashes };
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
  return mergePlaces([{ ...variable, children: rest }, ...folded]);
}

function behindSuffix(child: Place, extension: string): Place {
  const children = new Map([[`${SUFFIX_MARK}${extension}`, child]]);
  return { ...child, children, ends: new Map(), slots: [], tau: 1 };
}

/*
  Formats that APIs name behind a resource. Other extensions, or several, make the whole segment a file's name.
*/
const FORMAT = /\.(?:json|xml|csv|atom|rss|ya?ml|html)$/;

function sharedExtension(values: readonly string[]): string {
  const soft = values.filter((name) => tokenClass(name) !== "hard");
  const counts = new Map<string, number>();
  for (const name of soft) {
    const [extension] = FORMAT.exec(name) ?? [];
    if (extension !== undefined) counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  for (const [extension, count] of counts) {
    const enough = count >= 3 || extension === ".json";
    if (enough && count >= 0.9 * soft.length) return extension;
  }
  return "";
}

interface Spelled {
  readonly place: Place;
  readonly spellings: ReadonlyMap<string, string>;
}

// Two spellings answered by one server alike.
const SAME_ROUTE = 0.6;

/** The place with children that differ by case alone and answer alike as one, under the usual spelling. */
function oneSpelling(place: Place, templater: Templater): Spelled {
  const spellings = new Map<string, string>();
  const byText = new Map<string, string[]>();
  for (const name of place.children.keys()) {
    const same = byText.get(name.toLowerCase());
    if (same === undefined) byText.set(name.toLowerCase(), [name]);
    else same.push(name);
  }
  if (byText.size === place.children.size) return { place, spellings };
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
    children.set(usual, { ...mergePlaces([usual, ...same].map(child)), hash: child(usual).hash });
    for (const name of same) {
      children.delete(name);
      spellings.set(name, usual);
    }
  }
  return { place: { ...place, children }, spellings };
}

/** Every branch, parents first. */
export function* branchesOf(branch: Branch): Iterable<Branch> {
  yield branch;
  for (const child of branch.words.values()) yield* branchesOf(child);
  if (branch.variable !== null) yield* branchesOf(branch.variable);
}

/** From the root down to the branch, the root left out. */
export function chainOf(branch: Branch): readonly Branch[] {
  const chain: Branch[] = [];
  for (let at: Branch | null = branch; at !== null && at.parent !== null; at = at.parent) chain.push(at);
  return chain.reverse();
}
