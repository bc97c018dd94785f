// Reads one segment for grouping: what of it is a value or word, which suffix hangs on it, of what class it is.
import { classOf, isHard } from "../../digest/segment-class.ts";
import { percentDecode } from "../../digest/percent.ts";
import { surelyValue } from "./sure-value.ts";

/** A segment taken apart: `8412.json` is the core `8412` with the suffix `.json`. */
export interface Token {
  /** Text, or `{class}` of what can only be a value. */
  readonly core: string;
  /** Structural: `:verb`, `.ext`; "" when there is none. */
  readonly suffix: string;
}

/** Begins the text of suffixes where they stand among the children of a place. */
export const SUFFIX_MARK = "\u0001";

/*
  ":verb" is a route word behind anything (google.aip.dev/136). ".ext" is one only behind an identifier: elsewhere the
  whole is a file's name.
*/
const VERB = /^(.+?)(:[A-Za-z][A-Za-z_-]{0,30})$/;
const EXTENSION = /^(.+)(\.(?:json|xml|csv|tsv|atom|rss|ya?ml|html?|pdf|txt|ics|js|png|jpe?g|gif|svg|zip))$/i;
/** Formats that APIs name behind a resource. */
export const FORMAT = /\.(?:json|xml|csv|atom|rss|ya?ml|html)$/;
const HARD = /^(\{[^{}]*\})([.:][A-Za-z][\w.:-]*)?$/;
const IDENTIFIERS: ReadonlySet<string> = new Set(["int", "short-hex", "mixed", "semver", "code-digits"]);

// A service's segments; a full table is emptied rather than grown.
const MAX_KNOWN = 50_000;
export const tokenOf: (segment: string) => Token = remembered(readToken);

function readToken(segment: string): Token {
  if (segment.includes("{")) return readHard(segment);
  const text = percentDecode(segment);
  const [, acted, verb = ""] = VERB.exec(text) ?? [];
  if (acted !== undefined) return { core: coreOf(segment.slice(0, -verb.length)), suffix: verb };
  const [, base, extension = ""] = EXTENSION.exec(text) ?? [];
  if (base !== undefined && isApart(segment, base))
    return { core: coreOf(segment.slice(0, -extension.length)), suffix: extension };
  return { core: coreOf(segment), suffix: "" };
}

/** Files are one with their extension. A value is not one with the format it is asked for in, however sure it is. */
function isApart(segment: string, base: string): boolean {
  const sure = surelyValue(segment);
  if (sure === null) return isIdentifier(base);
  return sure !== "file" && FORMAT.test(segment) && surelyValue(segment.replace(FORMAT, "")) !== null;
}

function isIdentifier(text: string): boolean {
  return /\d/.test(text) && IDENTIFIERS.has(tokenClass(text));
}

/** A segment in which the digest left a class in place of a value. */
function readHard(segment: string): Token {
  const [, hard, suffix = ""] = HARD.exec(segment) ?? [];
  // Slots of OData keys and the like: which class stands in them makes no other route.
  if (hard === undefined) return { core: segment.replaceAll(/\{[^{}]*\}/g, "{}"), suffix: "" };
  return surelyValue(segment) === "file" ? { core: "{file}", suffix: "" } : { core: hard, suffix };
}

function coreOf(raw: string): string {
  const sure = surelyValue(raw);
  return sure === null ? raw : `{${sure}}`;
}

/** Whether the digest took the value out, or the form leaves no doubt that it is one. */
export function isHardCore(core: string): boolean {
  return core.startsWith("{") && core.endsWith("}") && core.length > 2;
}

const LANGUAGES =
  /^(?:ar|bg|bn|ca|cs|da|de|el|en|es|et|eu|fa|fi|fr|ga|gl|gu|he|hi|hr|hu|hy|id|is|it|ja|ka|kk|ko|lt|lv|mk|ml|mr|ms|mt|nb|nl|nn|no|pa|pl|pt|ro|ru|sk|sl|sq|sr|sv|sw|ta|te|th|tr|uk|ur|uz|vi|zh|zu)$/;
/*
  Regions as clouds name them: area, direction, number, and a letter for the zone (us-east-1, europe-west1-b).
*/
const REGION = /^[a-z]{2,12}(?:-gov)?-(?:north|south|east|west|central){1,2}-?\d{1,2}(?:-?[a-z])?$/;
const HOST = /^(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|co|app|info|biz|edu|gov|de|uk|fr|jp|cn|local)$/i;
const FILE =
  /\.(?:png|jpe?g|gif|pdf|txt|csv|zip|json|xml|html?|js|css|svg|ico|md|ya?ml|docx?|xlsx?|mp[34]|gz|tar|webp|woff2?|log|exe|php|aspx?|jsp)$/i;

/** Special forms before the general classes, most specific first. */
const FORMS: readonly (readonly [name: string, form: RegExp])[] = [
  ["letter", /^[A-Za-z]$/],
  ["region", REGION],
  ["language", LANGUAGES],
  ["code", /^[A-Z]{2,5}$/],
  ["code-digits", /^(?=.*\d)[A-Z][A-Z0-9]{1,7}$/],
  ["host", HOST],
  ["file", FILE],
  ["coordinates", /^-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?$/],
];

const RENAMED: Readonly<Record<string, string>> = { "short-int": "int", file: "dotted" };

/** The class of a core, for features: hard classes are "hard". */
export const tokenClass: (core: string) => string = remembered(classOfCore);

function classOfCore(core: string): string {
  if (isHardCore(core)) return "hard";
  const text = percentDecode(core);
  for (const [name, form] of FORMS) if (form.test(text)) return name;
  const found = classOf(text);
  if (isHard(found)) return "mixed";
  const name = RENAMED[found] ?? found;
  return /\d/.test(text) && /^(?:slug|snake|camel)$/.test(name) ? `${name}-digits` : name;
}

function remembered<V>(make: (key: string) => V): (key: string) => V {
  const known = new Map<string, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(key, made);
    return made;
  };
}
