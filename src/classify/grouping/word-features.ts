// What a segment's text alone says: its form, its spelling, what other APIs use the word for.
import { isVerb } from "../../digest/verbs.ts";
import { tokenClass } from "./token.ts";
import type { Vocabulary, WordRoles } from "./vocabulary.ts";

export type Values = Record<string, number>;

/** Plural enough for English route words: they name collections. */
export function isPlural(word: string): boolean {
  return /[^s]s$/i.test(word) && !/(?:us|is)$/i.test(word);
}

/** Log-odds that a variable follows the word before, as far as other APIs have it; 0 for words they do not have. */
export function takesValues(before: string | undefined, vocabulary: Vocabulary): number {
  if (before === undefined || before.includes("{}")) return 0;
  const { route, beforeVariables, beforeWords } = rolesOf(before, vocabulary);
  return route < 2 ? 0 : Math.log((beforeVariables + 0.5) / (beforeWords + 0.5));
}

export function rolesOf(segment: string, vocabulary: Vocabulary): WordRoles {
  return vocabulary.roles(segment.toLowerCase());
}

/** Behind these stands what the route is called: `update.json` is the route word `update`. */
const ROUTE_EXTENSION = /^(.+)\.(?:json|xml|php|html?|aspx?|jsp|do|cgi|action)$/i;

export function addWord(values: Values, segment: string, vocabulary: Vocabulary): void {
  const word = ROUTE_EXTENSION.exec(segment)?.[1] ?? segment;
  const roles = rolesOf(word, vocabulary);
  const digits = word.replaceAll(/\D/g, "").length;
  values[`class:${tokenClass(word)}`] = 1;
  values["stem"] = word === segment ? 0 : 1;
  values["route"] = Math.log1p(roles.route);
  values["unknown"] = roles.route === 0 ? 1 : 0;
  values["common"] = roles.route >= 3 ? 1 : 0;
  values["beside"] = Math.log1p(roles.besideVariables);
  values["alias"] = roles.besideVariables >= 2 ? 1 : 0;
  values["collection"] = Math.log1p(roles.beforeVariables);
  values["section"] = Math.log1p(roles.beforeWords);
  values["spelling"] = vocabulary.likelihood(word);
  values["length"] = Math.log(word.length + 1);
  values["verb"] = isVerb(word) ? 1 : 0;
  values["parts"] = knownParts(word, vocabulary);
  values["digits"] = digits / Math.max(1, word.length);
  values["plural"] = isPlural(word) ? 1 : 0;
}

/** Share of the parts of a compound (`by-name`, `listAll`) that are route words; 0 for what has one part. */
function knownParts(segment: string, vocabulary: Vocabulary): number {
  const parts = segment
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .split(/[-_.]/)
    .filter((part) => part !== "");
  if (parts.length < 2) return 0;
  return parts.filter((part) => rolesOf(part, vocabulary).route > 0).length / parts.length;
}
