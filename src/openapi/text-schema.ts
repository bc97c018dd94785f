// Text as JSON Schema: its format, or the words it is one of.
import { formatNames } from "../model/formats.ts";
import type { FormatName } from "../model/formats.ts";
import type { StringShape } from "../model/shape.ts";
import { TAG_NAMES } from "../model/tags.ts";
import type { Schema } from "./schema-type.ts";
import type { Evidence } from "./type-graph.ts";

/** Values that must agree on a format before it is named; those of hosts are passed by names of files and methods too. */
export const STRONG_EVIDENCE = 5;
const WEAK_EVIDENCE = 20;

/** Formats of JSON Schema and OpenAPI, most telling first: a value may pass several. */
const STRONG = [
  "uuid",
  "ipv4",
  "ipv6",
  "date-time",
  "date",
  "time",
  "duration",
  "email",
  "uri",
  "byte",
] as const;

/** What is claimed of text under a name, beside its type. */
export function textDetails(string: StringShape, name: string, evidence: Evidence): Schema {
  const words = enumeration(string, name, evidence);
  if (words !== null) return { enum: string.empty > 0 ? ["", ...words] : [...words] };
  const names = formatNames(string.formats);
  if (names.length === 1 && names[0] === "binary") return { format: "binary" };
  const values = string.count - string.empty;
  if (values < STRONG_EVIDENCE) return {};
  const format = namedFormat(names, name, values);
  const [own] = names;
  if (format === undefined) return own === undefined ? {} : { "x-umbra-format": own };
  // Formats are asserted by some validators, and the empty string has none.
  return string.empty > 0 ? { anyOf: [{ format }, { maxLength: 0 }] } : { format };
}

function namedFormat(formats: readonly FormatName[], name: string, values: number): FormatName | undefined {
  const strong = STRONG.find((format) => formats.includes(format));
  if (strong !== undefined) return strong;
  const isHost = values >= WEAK_EVIDENCE && HOSTS.has(lastWord(name));
  return isHost && formats.includes("hostname") ? "hostname" : undefined;
}

// An enumeration's values come again: each at least twice, ten times on average, among thirty values or more.
const FEWEST_VALUES = 30;
const VALUES_PER_WORD = 10;
// Good and Turing: the chance that the next value is a new one is about (words heard once + 1) / values.
const NOVELTY = 0.05;
// One client may use one word of many …
const FEWEST_CLIENTS = 2;
// … unless it was heard this often.
const MANY_VALUES = 100;

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));
/** Last words of names of fields that hold names of hosts. */
const HOSTS = set(
  "host hosts hostname hostnames domain domains fqdn fqdns server servers nameserver nameservers site sites dns ptr cname authority zone zones origin origins",
);
/** Last words of names of fields that hold one of few words; half the values are enough. */
const LIKELY = set(
  "status state type kind role currency level mode category priority severity visibility scope unit sort order direction format",
);
/** Last words of names of fields that hold free text, whatever words occur in it. */
const FREE = set(
  "name title description text comment message label note summary subject query search q slug tag tags content body value key id word words",
);

/** The words of an enumeration, sorted; null where it is none for all that is known. */
export function enumeration(
  string: StringShape,
  name: string,
  { clients }: Evidence,
): readonly string[] | null {
  if (string.words === undefined || FREE.has(lastWord(name))) return null;
  const words = Object.keys(string.words).sort();
  const counts = Object.values(string.words);
  const values = counts.reduce((all, one) => all + one, 0);
  const isHeard = clients >= FEWEST_CLIENTS || values >= MANY_VALUES;
  const isClosed = isHeard && comeAgain(counts, values) && values >= valuesFor(name, words.length);
  return isClosed ? words : null;
}

/** How many values make an enumeration of so many words. */
function valuesFor(name: string, words: number): number {
  const isTag = TAG_NAMES.includes(name);
  // One word alone is a constant only where it says what the object is.
  if (words < 2 && !isTag) return Infinity;
  const needed = Math.max(FEWEST_VALUES, VALUES_PER_WORD * words);
  return isTag || LIKELY.has(lastWord(name)) ? needed / 2 : needed;
}

function comeAgain(counts: readonly number[], values: number): boolean {
  return counts.every((count) => count > 1) && values * NOVELTY >= 1;
}

function lastWord(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[^A-Za-z0-9]+/);
  return words.at(-1)?.toLowerCase() ?? "";
}
