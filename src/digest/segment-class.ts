// What kind of text a path segment (or a name from traffic) is, judged from its form alone.
import { EMAIL } from "./formats.ts";
import { isVerb } from "./verbs.ts";

/** A class whose members are identifiers or personal by form: the text must not be kept. */
export type HardClass =
  | "uuid"
  | "ulid"
  | "hex"
  | "int"
  | "number"
  | "prefixed-id"
  | "token"
  | "jwt"
  | "email"
  | "ip"
  | "phone"
  | "slug-id";

/** A class whose members may be route words as well as values: the text is kept until grouping decides. */
export type SoftClass =
  | "short-int"
  | "decimal"
  | "date"
  | "version"
  | "semver"
  | "short-hex"
  | "locale"
  | "file"
  | "slug"
  | "snake"
  | "word"
  | "camel"
  | "mixed";

export type SegmentClass = HardClass | SoftClass;

const HARD: ReadonlySet<string> = new Set<HardClass>([
  "uuid",
  "ulid",
  "hex",
  "int",
  "number",
  "prefixed-id",
  "token",
  "jwt",
  "email",
  "ip",
  "phone",
  "slug-id",
]);

/** Whether text of this class must be replaced by `{class}`. */
export function isHard(name: string): name is HardClass {
  return HARD.has(name);
}

type Rule = readonly [SegmentClass, RegExp];

/*
  Where JSON Schema has a format of that name (uuid, email, and integer, which readers hold in 53 bits), members of the
  class are in it: path parameters are described by their class alone.
*/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whole texts of digits and points, most specific first. */
const NUMERIC: readonly Rule[] = [
  ["date", /^(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])?$/],
  ["date", /^(19|20)\d\d[-.](0[1-9]|1[0-2])([-.]([0-2]\d|3[01]))?$/],
  ["short-int", /^-?\d{1,4}$/],
  ["int", /^-?[1-9]\d{4,14}$/],
  ["ip", /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}(:\d{1,5})?$/],
  ["phone", /^\+\d[\d ().-]{6,24}$/],
  ["decimal", /^-?(?=[\d.]{3,5}$)\d+\.\d+$/],
  ["semver", /^\d{1,4}\.\d{1,4}\.\d{1,4}$/],
  ["number", /^[+-]?\d[\d .,:_-]*\d$/],
];

/** Whole texts with letters whose form alone makes them hard, most specific first. */
const IDENTIFIERS: readonly Rule[] = [
  ["uuid", UUID],
  ["jwt", /^eyJ[\w-]{5,}\.[\w-]+\.[\w-]*$/],
  ["email", EMAIL],
  ["ip", /^\[?(?=.*:.*:)[0-9a-f:]{3,39}(\.\d+){0,3}\]?$/i],
  ["ulid", /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/],
  ["hex", /^(0x)?[0-9a-f]{16,}$/i],
];

/** Whole texts with letters that may be route words, most specific first. */
const WORDS: readonly Rule[] = [
  ["version", /^v\d{1,3}([._]\d{1,3}){0,2}((alpha|beta|rc|preview)\d{0,2})?$/i],
  ["semver", /^\d{1,4}\.\d{1,4}\.\d{1,4}[-+][0-9a-z.-]{1,24}$/i],
  ["date", /^(19|20)\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])T[\d:.]{4,15}(Z|[+-]\d\d:?\d\d)?$/],
  ["locale", /^[a-z]{2}([-_]([A-Z]{2}|[A-Z][a-z]{3}|419))$/],
  ["short-hex", /^(?=.*\d)(?=.*[a-f])[0-9a-f]{6,15}$/],
  ["file", /^[^.\s][^\s]*\.[a-z][a-z0-9]{0,7}$/i],
  ["slug", /^[a-z0-9]+(-[a-z0-9]+)+$/i],
  ["snake", /^_?[a-z0-9]+(_[a-z0-9]+)+$/i],
  ["camel", /^[a-z0-9]+([A-Z][a-z0-9]*)+$|^([A-Z][a-z0-9]+){2,}$/],
  ["word", /^[_.$@]?([a-z]+|[A-Z]+|[A-Z][a-z]+)$/],
];

// Longer texts are cut before they are looked at: nothing above decides later than this.
const LOOKED_AT = 512;

/** The class of a decoded path segment. Never fails; what fits nothing is "mixed". */
export function classOf(segment: string): SegmentClass {
  const text = segment.length > LOOKED_AT ? segment.slice(0, LOOKED_AT) : segment;
  if (PLAIN_WORD.test(text)) return "word";
  return (
    classIn(NUMERIC, text) ?? classIn(IDENTIFIERS, text) ?? idForm(text) ?? classIn(WORDS, text) ?? "mixed"
  );
}

// The usual case, told apart before any other pattern runs: too short to be random letters.
const PLAIN_WORD = /^[a-z]{1,11}$/;

function classIn(rules: readonly Rule[], text: string): SegmentClass | undefined {
  for (const [segmentClass, form] of rules) if (form.test(text)) return segmentClass;
  return undefined;
}

const RUNS = /[\p{L}\p{N}]+/gu;
const LONG_NUMBERS = /\d{5,}/g;
const DATED = /^(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])?$/;

/** "token" for one random run, "prefixed-id" for `cus_…`, "slug-id" when only a part of the text is an identifier. */
function idForm(text: string): HardClass | undefined {
  if (EMAIL_INSIDE.test(text)) return "slug-id";
  const runs = text.match(RUNS) ?? [];
  if (!runs.some(isRandomRun) && !isBase64(text)) return undefined;
  if (runs.length === 1) return "token";
  if (/^[a-z][a-z0-9]{1,11}[_-][A-Za-z0-9]{10,}$/.test(text)) return "prefixed-id";
  return /^[\w-]{16,}={0,2}$/.test(text) && !/^[a-z]+[-_]|[-_][a-z]{3,}[-_]/.test(text) ? "token" : "slug-id";
}

/** Wider than the class: names of hosts in any script, and such as no validator takes. */
const EMAIL_INSIDE = /[^@\s/]@[\p{L}\p{N}_.-]+\.\p{L}{2,}/u;

/** Random in itself: a long number that is no date, long hex, or letters and digits no word is made of. */
export function isRandomRun(run: string): boolean {
  if (run.match(LONG_NUMBERS)?.some((number) => !DATED.test(number)) === true) return true;
  if (run.length < 10) return false;
  if (LONG_CODE.test(run)) return true;
  if (isSpoken(run)) return false;
  return turns(run, DIGITS) >= 3 || caseTurns(run) >= run.length * 0.35 || isUnspeakable(run);
}

// Hexadecimal, or capitals as in base32, with a digit among them.
const LONG_CODE = /^(?=.*\d)([0-9a-fA-F]{16,}|[0-9A-Z]{16,})$/;

const DIGITS = /\d+/g;

/** How often letters and digits take turns: twice at most in words (`oauth2callback`, `sha256sum`). */
function turns(run: string, digits: RegExp): number {
  const groups = run.match(digits)?.length ?? 0;
  return groups === 0 ? 0 : groups * 2 - (/^\d/.test(run) ? 1 : 0) - (/\d$/.test(run) ? 1 : 0);
}

/**
 * camelCase of words: three letters and more to a hump, and nearly all humps can be spoken or are acronyms
 * (`GetUtcTime`). Of 10,800 route words of public APIs 127 in camelCase look random without this rule, 16 with it; of
 * random letters in mixed case one in thirty passes for words.
 */
function isSpoken(run: string): boolean {
  if (!/^[A-Za-z]+$/.test(run)) return false;
  const humps = run.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  if (humps.length < 2 || run.length < 3 * humps.length) return false;
  // No chance of it among random letters, and acronyms behind it cannot be spoken (`getXpnHost`).
  if (isVerb(run)) return true;
  return humps.filter(isSpokenHump).length >= 0.8 * humps.length;
}

function isSpokenHump(hump: string): boolean {
  if (/^[A-Z]{2,4}$/.test(hump)) return true;
  return hump.length >= 2 && /[aeiouy]/i.test(hump) && !/[^aeiouy]{5}/i.test(hump);
}

/** How often the case turns: once or twice per hump in camelCase, at every second letter in random text. */
function caseTurns(run: string): number {
  return run.match(/[a-z][A-Z]|(?<=[A-Z])[a-z]/g)?.length ?? 0;
}

// English has no six consonants in a row beside compounds like "watchstrap"; five occur ("lengths").
const CONSONANTS = /[bcdfghjklmnpqrstvwxz]{6}/i;
const ACRONYMS = /https?|html|xml|css|sql|pdf|ssl|tls|rpc/gi;
/** Between words: random letters seldom have small ones enough on both sides. */
const HUMPS = /(?<=[a-z]{2})(?=[A-Z][a-z]{2})/g;
const RARE = /[jqxz]/gi;

/** Letters no word is made of: consonants without end or many of the rarest letters. */
function isUnspeakable(run: string): boolean {
  if (run.length < 12) return false;
  // Words in camelCase meet without a vowel (`targetTcpProxies`).
  const spoken = run.replaceAll(ACRONYMS, "e").replaceAll(HUMPS, "e");
  return CONSONANTS.test(spoken) || (run.match(RARE)?.length ?? 0) >= run.length * 0.2;
}

/** Base64 with the characters that split runs: long, mixed case, digits or padding. */
function isBase64(text: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(text)) return false;
  if (/^[a-z0-9]+([-_][a-z0-9]+)*$|^[A-Z0-9]+([-_][A-Z0-9]+)*$/.test(text)) return false;
  return (
    text.endsWith("=") || (/\d/.test(text) && caseTurns(text) + turns(text, DIGITS) >= text.length * 0.35)
  );
}
