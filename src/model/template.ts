// Names the variables of a path template: from what stood there and from the route word before it.
import type { PathParameter } from "./inventory.ts";

/** A template whose variables have names, unique within it. */
export interface PathTemplate {
  /** `/users/{userId}/orders/{orderId}.json` */
  readonly path: string;
  /** In order of appearance. */
  readonly parameters: readonly PathParameter[];
}

/** What is known of one variable before it has a name; `name` only where somebody gave one. */
export type Variable = Pick<PathParameter, "class" | "named"> & { readonly name?: string };

/** Classes whose members are called the same everywhere. */
const NAMED_BY_CLASS: Readonly<Record<string, string>> = {
  email: "email",
  date: "date",
  "partial-date": "date",
  semver: "version",
  version: "version",
  ip: "ip",
  phone: "phone",
  locale: "locale",
  file: "file",
  jwt: "token",
  secret: "secret",
  text: "text",
  tail: "path",
  authority: "authority",
};

/**
 * Fills the `{}` of a skeleton in order. Given names stay; others are singular(word before)+"Id" or the class's word.
 * A name that is taken gets a number.
 */
export function nameTemplate(skeleton: string, variables: readonly Variable[]): PathTemplate {
  const taken = new Set<string>();
  const parameters: PathParameter[] = [];
  const named = (before: string) => {
    const variable = variables[parameters.length] ?? { class: "declared" };
    const name = unique(variable.name ?? inferredName(variable.class, before), taken);
    const { class: tokenClass, named: by } = variable;
    parameters.push({ name, class: tokenClass, ...(by !== undefined && { named: by }) });
    return `{${name}}`;
  };
  let before = "";
  const path = skeleton
    .split("/")
    .map((segment) => {
      const [word = ""] = segment.split("{}");
      const filled = segment.replaceAll("{}", () => named(word === "" ? before : word));
      if (word !== "" && !/^v?\d[\d.]*$/i.test(word)) before = word;
      return filled;
    })
    .join("/");
  return { path, parameters };
}

/** The join of what two observations say of one template's variables; commutative and associative. */
export function joinVariables(a: readonly PathParameter[], b: readonly PathParameter[]): readonly Variable[] {
  return a.map((held, index) => {
    const other = b[index];
    return other === undefined ? asVariable(held) : joinVariable(held, other);
  });
}

/** The first who gave a name decides. */
const GIVERS = ["person", "document", "source", "evidence"] as const;

function joinVariable(a: PathParameter, b: PathParameter): Variable {
  const tokenClass = joinClass(a.class, b.class);
  const giver = GIVERS.find((named) => a.named === named || b.named === named);
  if (giver === undefined) return { class: tokenClass };
  const names = [a, b].filter((held) => held.named === giver).map((held) => held.name);
  return { class: tokenClass, named: giver, name: names.sort()[0] ?? a.name };
}

/** A given name stays, an inferred one is inferred again. */
export function asVariable({ name, class: tokenClass, named }: PathParameter): Variable {
  return named === undefined ? { class: tokenClass } : { class: tokenClass, named, name };
}

/** "declared" says nothing about the values, "mixed" says that they differ. */
function joinClass(a: string, b: string): string {
  if (a === b || b === "declared") return a;
  return a === "declared" ? b : "mixed";
}

function inferredName(tokenClass: string, before: string): string {
  const fixed = NAMED_BY_CLASS[tokenClass];
  if (fixed !== undefined) return fixed;
  const word = camel(singular(lastWord(before)));
  const end = WORDS.has(tokenClass) ? "Name" : "Id";
  return word === "" ? end.toLowerCase() : `${word}${end}`;
}

/** Classes of what people write: a name, where other values were given out. */
const WORDS: ReadonlySet<string> = new Set(["word", "slug", "snake", "camel", "host"]);

// Names end up in code that is generated from exports.
const MAX_NAME = 40;

/** The word itself, without what hangs on it: `orders.json` and `documents:batch` are about orders and documents. */
function lastWord(literal: string): string {
  return (literal.replaceAll(/%[0-9a-f]{2}/gi, "-").split(/[.:(;]/)[0] ?? "").slice(0, MAX_NAME);
}

function camel(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words
    .map((word, index) => (index === 0 ? lowerFirst(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  return /^\d/.test(joined) ? "" : joined;
}

function lowerFirst(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}

/** First rule that fits decides; English plurals as route words have them. */
const SINGULARS: readonly (readonly [plural: RegExp, singular: string])[] = [
  [/(^|[^a-z])people$/i, "$1person"],
  [/children$/i, "child"],
  [/(ind|vert|matr)ices$/i, "$1ex"],
  [/(news|series|species|alias|bias|basis|status|bonus|canvas|atlas|gas|[aeiou]us|[^aeiou]us|is|ss)$/i, "$1"],
  [/(mov|cook|zomb|pix)ies$/i, "$1ie"],
  [/(analy|synop|diagno)ses$/i, "$1sis"],
  [/([^aeiou])ies$/i, "$1y"],
  [/(status|bonus|alias|bus|virus)es$/i, "$1"],
  [/(ss|sh|tch|nch|rch|x|zz)es$/i, "$1"],
  [/([^s])s$/i, "$1"],
];

/** Words that only look like plurals stay as they are. */
export function singular(word: string): string {
  const [plural, replacement] = SINGULARS.find(([form]) => word.length > 2 && form.test(word)) ?? [];
  return plural === undefined || replacement === undefined ? word : word.replace(plural, replacement);
}

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}${number}`;
  taken.add(free);
  return free;
}
