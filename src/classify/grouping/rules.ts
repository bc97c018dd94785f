// What settles a segment whatever the evidence: versions, documents, and above all people's pins.
import { isVerb } from "../../digest/verbs.ts";
import type { Pin } from "../../model/pin.ts";
import type { Around } from "./features.ts";
import { isFileTree } from "./file-tree.ts";
import type { Place } from "./place.ts";
import type { Remembered } from "./template-set.ts";
import { isHardCore, SUFFIX_MARK, tokenClass, tokenOf } from "./token.ts";

export interface Asked {
  readonly place: Place;
  readonly around: Around;
  readonly name: string;
}

export interface Ruling {
  readonly isValue: boolean;
  readonly by: "pin" | "document" | "rule";
}

export interface Rules {
  /** null where evidence decides. */
  about(asked: Asked): Ruling | null;
  /** How much clearer evidence must be to take a value out of its variable again. */
  inertia(around: Around, name: string): number;
}

export interface RuleBook {
  readonly pins: readonly Pin[];
  readonly documentTemplates: readonly string[];
  readonly previous: Remembered;
}

// Un-merging rewrites rows: it takes evidence three e-folds clearer than merging did.
const INERTIA = 3;

export function rulesOf({ pins, documentTemplates, previous }: RuleBook): Rules {
  const pinned = pinnedPlaces(pins);
  const documented = documentedPlaces(documentTemplates);
  const remembered = new Set(previous);
  return {
    about: (asked) => byPin(pinned, asked) ?? byDocument(documented, asked) ?? byForm(asked),
    inertia: (around, name) => (remembered.has(placeText(around, name)) ? INERTIA : 0),
  };
}

/** Names a segment at its place; how decisions are remembered. */
export function placeText(around: Around, name: string): string {
  return `/${[...around, name].join("/")}`;
}

/** By path, for pins of values `{}` at the end: true for a variable, false for a word. Later pins overrule. */
function pinnedPlaces(pins: readonly Pin[]): ReadonlyMap<string, boolean> {
  const pinned = new Map<string, boolean>();
  for (const { kind, path } of pins) if (kind !== "rename") pinned.set(normal(path), kind === "merge");
  return pinned;
}

/** As `placeText` writes it. */
function normal(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "");
  return `/${segments.map((segment) => (segment.includes("{") ? segment.replaceAll(/\{[^{}]*\}/g, "{}") : tokenOf(segment).core)).join("/")}`;
}

function byPin(pinned: ReadonlyMap<string, boolean>, { around, name }: Asked): Ruling | null {
  if (pinned.size === 0) return null;
  const own = pinned.get(placeText(around, name));
  if (own !== undefined) return { isValue: own, by: "pin" };
  return pinned.get(placeText(around, "{}")) === true ? { isValue: true, by: "pin" } : null;
}

/** Paths that a document's templates begin with. */
function documentedPlaces(templates: readonly string[]): ReadonlySet<string> {
  const places = new Set<string>();
  for (const template of templates) {
    const around: string[] = [];
    for (const segment of template.split("/").filter((text) => text !== "")) {
      const name = /^\{[^{}]*\}$/.test(segment) ? "{}" : segment;
      places.add(placeText(around, name));
      around.push(name);
    }
  }
  return places;
}

/** A document's literals stay words; where it has a variable, everything else is a value of it. */
function byDocument(documented: ReadonlySet<string>, { around, name }: Asked): Ruling | null {
  if (documented.size === 0) return null;
  if (documented.has(placeText(around, name))) return { isValue: false, by: "document" };
  return documented.has(placeText(around, "{}")) ? { isValue: true, by: "document" } : null;
}

/** Words behind which a number says which edition of the API this is. */
const EDITION_FRAME = /^(?:api|apis|rest|rpc)$/i;
const EDITION = /^(?:\d{1,2}|\d{1,2}\.\d{1,2}|20\d\d-\d\d(?:-\d\d)?)$/;
// More of them beside each other are values.
const MOST_EDITIONS = 6;
// Editions stand in front.
const DEEPEST_EDITION = 3;

/*
  `v1`, and `/2.0/files`, `/2010-04-01/Accounts`, `/1/boards`, `/rest/api/3`: numbers and dates that stand for an edition.
*/
function byForm({ place, around, name }: Asked): Ruling | null {
  const isWord =
    isWordByItself(around, name) ||
    (tokenClass(name) === "version" && isEdition(place)) ||
    isFamily(place, around, name) ||
    isAction(place, name) ||
    isNumberedEdition(place, around, name);
  if (isWord) return { isValue: false, by: "rule" };
  return around.length > 0 && isFileTree(place) ? { isValue: true, by: "rule" } : null;
}

/** Keys in brackets have their own variable already: Orders({}). Whoever asks is nobody's name. */
function isWordByItself(around: Around, name: string): boolean {
  if (name.includes("{}") || around.at(-1)?.toLowerCase() === "graphql") return true;
  return SELF.test(name) && around.length > 0;
}

function isNumberedEdition(place: Place, around: Around, name: string): boolean {
  if (!EDITION.test(name) || around.length > DEEPEST_EDITION || around.includes("{}")) return false;
  const before = around.at(-1);
  if (before !== undefined && !EDITION_FRAME.test(before)) return false;
  const editions = [...place.children.keys()].filter((other) => EDITION.test(other));
  return editions.length <= MOST_EDITIONS && isBeforeWords(place.children.get(name));
}

/** Tags and releases look like versions, but there are many of them. */
function isEdition({ children }: Place): boolean {
  return [...children.keys()].filter((other) => tokenClass(other) === "version").length <= MOST_EDITIONS;
}

/** What is only ever sent to, among such that all say what to do (`enable_rescue`, `resetPassword`), is done, not had. */
function isAction({ children }: Place, name: string): boolean {
  const isDone = (each: string): boolean => {
    const { ends, children: below } = children.get(each) as Place;
    return isVerb(each) && below.size === 0 && ends.size === 1 && ends.has("POST");
  };
  if (!isDone(name)) return false;
  const others = [...children.keys()].filter((each) => !isHardCore(each) && !each.startsWith(SUFFIX_MARK));
  return others.length > 1 && others.filter(isDone).length >= MOSTLY * others.length;
}

// Not every action begins with a verb that is known.
const MOSTLY = 0.6;

const SELF = /^(?:[@~]?me|[@~]?self|myself|mine|[@~]?current|whoami)$/i;

// Nearly all that is asked below it.
const NEARLY_ALL = 0.9;

/** Behind `api` or `apis`, what only versions follow is a family of resources (`/apis/batch/v1`), not somebody's name. */
function isFamily(place: Place, around: Around, name: string): boolean {
  if (around.includes("{}") || !EDITION_FRAME.test(around.at(-1) ?? "")) return false;
  const child = place.children.get(name);
  if (child === undefined || child.children.size === 0) return false;
  let versions = 0;
  let all = 0;
  for (const [next, { requests }] of child.children) {
    all += requests;
    if (tokenClass(next) === "version") versions += requests;
  }
  return versions >= NEARLY_ALL * all;
}

function isBeforeWords(place: Place | undefined): boolean {
  const names = [...(place?.children.keys() ?? [])];
  return names.some((name) => !isHardCore(name) && /^(?:word|camel|snake|slug)$/.test(tokenClass(name)));
}
