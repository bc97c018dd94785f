// Writes a branch as a path template: words, and variables named by people, by returned fields or by what stood there.
import { formatsOf } from "../../digest/formats.ts";
import { formatBit } from "../../model/formats.ts";
import type { Returned } from "../../model/grouping-facts.ts";
import { REST } from "../../model/route.ts";
import type { Pin } from "../../model/pin.ts";
import type { PathTemplate, Variable } from "../../model/template.ts";
import { nameTemplate, singular } from "../../model/template.ts";
import type { Branch, Chain } from "./branch.ts";
import { datePart } from "./date-names.ts";
import { namesOf } from "./returned.ts";
import { isHardCore, SUFFIX_MARK, tokenClass } from "./token.ts";

export interface NamingTools {
  readonly returned: Returned;
  /** Pinned names by place: `/users/{}`. */
  readonly pinned: ReadonlyMap<string, string>;
}

export function pinnedNames(pins: readonly Pin[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { kind, path, name } of pins) {
    if (kind === "rename" && name !== null) names.set(path.replaceAll(/\{[^{}]*\}/g, "{}"), name);
  }
  return names;
}

/** What one branch adds to a template. */
interface Piece {
  readonly text: string;
  readonly variables: readonly Variable[];
}

const NO_VARIABLES: readonly Variable[] = [];
const NO_PIECE: Piece = { text: "", variables: NO_VARIABLES };

/** A branch as it is written behind those above it. */
export interface Written {
  readonly above: Written | null;
  readonly piece: Piece;
  /** Hash-consed: equal pieces in an equal place are one object. Most have none. */
  next: Map<string, Written> | null;
  template: PathTemplate | null;
}

/** Writes templates; those of equal pieces are one object, from one decision to the next. */
export class Templates {
  #root = writtenBehind(null, NO_PIECE);
  #count = 0;

  /** `seen`: what of the same decision was written before, with the same tools. */
  templateFor(chain: Chain, tools: NamingTools, seen: Map<Branch, Written>): PathTemplate {
    if (this.#count > MOST_WRITTEN) {
      this.#root = writtenBehind(null, NO_PIECE);
      this.#count = 0;
    }
    let at = chain.length - 1;
    while (at > 0 && !seen.has(chain[at] as Branch)) at -= 1;
    let written = seen.get(chain[at] as Branch) ?? this.#root;
    for (const branch of chain.slice(at + 1)) {
      at += 1;
      written = this.#next(written, pieceOf(branch, wordBefore(chain, at), tools));
      seen.set(branch, written);
    }
    return (written.template ??= templateOf(written));
  }

  #next(above: Written, piece: Piece): Written {
    const text = textOf(piece);
    const held = above.next?.get(text);
    if (held !== undefined) return held;
    const made = writtenBehind(above, piece);
    this.#count += 1;
    (above.next ??= new Map()).set(text, made);
    return made;
  }
}

// A service has at most so many places; what was once written and is no more is forgotten with all.
const MOST_WRITTEN = 40_000;

function writtenBehind(above: Written | null, piece: Piece): Written {
  return { above, piece, next: null, template: null };
}

/** The last word above a branch of a chain; "" for none. */
function wordBefore(chain: Chain, at: number): string {
  for (let above = at - 1; above > 0; above -= 1) {
    const { label } = chain[above] as Branch;
    if (label !== "{}" && !label.startsWith(SUFFIX_MARK)) return label;
  }
  return "";
}

function textOf({ text, variables }: Piece): string {
  if (variables.length === 0) return text;
  const named = variables.map((one) => `${one.class}\n${one.named ?? ""}\n${one.name ?? ""}`);
  return [text, ...named].join("\n");
}

function templateOf(written: Written): PathTemplate {
  const pieces: Piece[] = [];
  for (let at: Written | null = written; at !== null; at = at.above) pieces.unshift(at.piece);
  const skeleton = pieces.map(({ text }) => text).join("");
  return nameTemplate(
    skeleton === "" ? "/" : skeleton,
    pieces.flatMap(({ variables }) => variables),
  );
}

function pieceOf(branch: Branch, before: string, tools: NamingTools): Piece {
  const { label, place } = branch;
  if (label === "{}") return { text: "/{}", variables: [variableOf(branch, before, tools)] };
  const text = label.startsWith(SUFFIX_MARK) ? label.slice(1) : `/${label}`;
  if (place.slots.length === 0) return { text, variables: NO_VARIABLES };
  return { text, variables: place.slots.map((classes) => ({ class: oneClass([...classes]) })) };
}

interface Known {
  readonly before: string;
  readonly tools: NamingTools;
  readonly variable: Variable;
}

/** Asked for by every template below, and time and again. */
const known = new WeakMap<Branch, Known>();

function variableOf(branch: Branch, before: string, tools: NamingTools): Variable {
  const held = known.get(branch);
  const isSame = held?.tools.returned === tools.returned && held.tools.pinned === tools.pinned;
  if (held !== undefined && isSame && held.before === before) return held.variable;
  const variable = variableAnew(branch, before, tools);
  known.set(branch, { before, tools, variable });
  return variable;
}

function variableAnew(branch: Branch, before: string, tools: NamingTools): Variable {
  const tokenClass = classOfValues(branch.values);
  const pinned = tools.pinned.get(`/${branch.around.join("/")}`);
  if (pinned !== undefined) return { class: tokenClass, named: "person", name: pinned };
  const name = datePart(branch.around, branch.values) ?? returnedName(branch, before, tools);
  return name === null ? { class: tokenClass } : { class: tokenClass, named: "evidence", name };
}

export function classOfValues(values: readonly string[]): string {
  return oneClass(values.filter((name) => name !== REST).map(classOfValue));
}

/** Classes as they are shown: the value's form, not how sure it was. */
export function classOfValue(core: string): string {
  if (isHardCore(core)) return core.slice(1, -1);
  const name = tokenClass(core);
  if (name === "int" && LED_BY_ZERO.test(core)) return "number";
  if (name === "date" && !isFullDate(core)) return "partial-date";
  return SHOWN[name] ?? name;
}

/** Readers of JSON know no such numbers, and of dates only those of RFC 3339. */
const LED_BY_ZERO = /^-?0\d|^-0/;
const isFullDate = (core: string): boolean => formatsOf(core, DATE) !== 0;
const DATE = formatBit("date");

const SHOWN: Readonly<Record<string, string>> = {
  "short-hex": "hex",
  letter: "word",
  "code-digits": "code",
  "slug-digits": "slug",
  "snake-digits": "snake",
  "camel-digits": "mixed",
  dotted: "mixed",
};

/** Words of one kind differ in spelling only; numbers and words together are "mixed". */
function oneClass(classes: readonly string[]): string {
  const found = new Set(classes);
  const [only = "mixed"] = found;
  if (found.size <= 1) return only;
  const isText = [...found].every((name) => TEXTS.has(name));
  return isText ? (found.has("slug") ? "slug" : "word") : "mixed";
}

const TEXTS: ReadonlySet<string> = new Set(["word", "slug", "snake", "camel", "language"]);

// A name that few of the values were returned under is chance.
const ENOUGH = 0.5;

/** The field that gave the values away, where it says more than "id" does: `login`, `slug`, `orderNumber`. */
function returnedName({ hashes }: Branch, before: string, { returned }: NamingTools): string | null {
  const counts = new Map<string, number>();
  for (const hash of hashes) {
    for (const name of namesOf(returned, hash)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const [best] = ranked;
  if (best === undefined || best[1] < 2 || best[1] < ENOUGH * Math.min(hashes.length, reachOf(returned)))
    return null;
  return spoken(best[0], before);
}

/** Of the values only those in the sample can be found there. */
function reachOf({ kept }: Returned): number {
  return Object.values(kept).reduce((most, hashes) => Math.max(most, hashes.length), 0);
}

/** `id` and `uuid` alone are the usual name already; `name` and `key` say whose. */
function spoken(field: string, before: string): string | null {
  const words = field
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const camel = words.map((word, index) => (index === 0 ? word.toLowerCase() : capital(word))).join("");
  if (camel === "" || /^\d/.test(camel) || /^(?:ids?|uuid|guid)$/.test(camel)) return null;
  const owner = singular(
    before
      .split(/[^A-Za-z0-9]+/)
      .filter((word) => word !== "")
      .at(-1) ?? "",
  );
  if (/^(?:name|key|code|number|no|ref|reference|version|path|date)$/.test(camel) && /^[A-Za-z]/.test(owner))
    return `${owner.charAt(0).toLowerCase()}${owner.slice(1)}${capital(camel)}`;
  return camel;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
