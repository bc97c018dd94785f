// Turns the path of a request into the path of a sighting: values that are identifiers by form leave, route words stay.
import { remembered } from "./once.ts";
import { normaliseSegment, percentDecode } from "./percent.ts";
import type { HardClass } from "./segment-class.ts";
import { classOf, isHard } from "./segment-class.ts";

export { classOf, isHard } from "./segment-class.ts";
export type { HardClass, SegmentClass, SoftClass } from "./segment-class.ts";

// Deeper paths are file trees: the deepest of 35,741 operations of public API descriptions has 17 segments.
export const MAX_SEGMENTS = 20;
/** Stands for everything below the last segment told apart. */
export const TAIL = "{*}";
// Longer than any route word; what is longer is text.
const MAX_SOFT_BYTES = 128;
// A request line is at most some 8 KiB at common servers; the rest of a longer one tells nothing more.
const MAX_PATH = 16_384;

export interface ReadPath {
  /** As `SightingKey.path`. */
  readonly path: string;
  /** Decoded segments with the route word they stand behind, for the data-class scanner. */
  readonly segments: readonly { readonly text: string; readonly field: string }[];
  /** The path with everything taken out that may be a value: what is alike for the sampler. Never kept. */
  readonly kind: string;
  /** Names of matrix parameters (`;v=1`), raw. */
  readonly matrix: readonly (readonly [name: string, value: string])[];
}

/** Normalises `raw` (without query). Never fails. `isSecret` tells credentials that no form gives away. */
export function readPath(raw: string, isSecret: (text: string) => boolean): ReadPath {
  return raw === "" || raw.startsWith("/") ? readSegments(raw, isSecret) : wholePath(raw);
}

/** `*` of OPTIONS, and the target of CONNECT. */
function wholePath(raw: string): ReadPath {
  const path = raw === "*" ? "*" : "{authority}";
  return { path, kind: path, segments: [], matrix: [] };
}

function readSegments(raw: string, isSecret: (text: string) => boolean): ReadPath {
  const segmentOf = segmentsFor(isSecret);
  const matrix: [string, string][] = [];
  const segments: { text: string; field: string }[] = [];
  let path = "";
  let kind = "";
  let field = "";
  for (const part of raw.slice(0, MAX_PATH).split("/")) {
    if (part === "") continue;
    if (segments.length === MAX_SEGMENTS) {
      path += `/${TAIL}`;
      break;
    }
    const core = withoutMatrix(part, matrix);
    const known = segmentOf(core);
    segments.push({ text: known.text, field });
    path += `/${known.written}`;
    kind += `/${known.isValue && !FRAMES.test(field) ? "#" : known.written}`;
    if (known.field !== null) field = known.field;
  }
  return { path: path === "" ? "/" : path, kind, segments, matrix };
}

interface Segment {
  /** Decoded. */
  readonly text: string;
  readonly written: string;
  readonly isValue: boolean;
  /** The route word that what follows stands behind; null when this is none. */
  readonly field: string | null;
}

// Segments of all services of one collector within minutes; a full table is emptied rather than grown.
const MAX_SEGMENTS_KNOWN = 5000;
// Longer ones hardly come again.
const MAX_KNOWN_LENGTH = 64;
const tables = new WeakMap<(text: string) => boolean, (raw: string) => Segment>();

/** Judging a segment costs more than looking it up, and the same come all day. */
function segmentsFor(isSecret: (text: string) => boolean): (raw: string) => Segment {
  const known = tables.get(isSecret);
  if (known !== undefined) return known;
  const table = remembered((raw) => readSegment(raw, isSecret), MAX_SEGMENTS_KNOWN);
  const of = (raw: string) => (raw.length > MAX_KNOWN_LENGTH ? readSegment(raw, isSecret) : table(raw));
  tables.set(isSecret, of);
  return of;
}

function readSegment(raw: string, isSecret: (text: string) => boolean): Segment {
  const text = percentDecode(raw);
  const written = writeSegment(raw, text, isSecret);
  const field = written.includes("{") ? null : written.toLowerCase();
  return { text, written, isValue: SURELY_VALUE.test(written), field };
}

/** Numbers at the root and behind these words are editions of an API, each with endpoints of its own. */
const FRAMES = /^(?:|api|apis|rest|rpc)$/;
/** Numbers and dates, words with long numbers, short hex: what grouping makes one endpoint of, whatever it stands for. */
const SURELY_VALUE = /^[-\d._:T Z+]*\d[-\d._:T Z+]*$|[-_]\d{3,}$|\d{4}|^(?=.*\d)[0-9a-f]{6,}$/;

function withoutMatrix(part: string, matrix: [string, string][]): string {
  if (!part.includes(";")) return part;
  const [core = "", ...parameters] = part.split(";");
  for (const parameter of parameters) matrix.push(nameAndValue(parameter));
  return core;
}

function nameAndValue(parameter: string): [string, string] {
  const at = parameter.indexOf("=");
  return at < 0 ? [parameter, ""] : [parameter.slice(0, at), parameter.slice(at + 1)];
}

/** The usual segment: kept, and nothing in it to normalise. */
const PLAIN_WORD = /^[a-z]{1,11}$/;

function writeSegment(raw: string, text: string, isSecret: (text: string) => boolean): string {
  if (isSecret(text)) return "{secret}";
  if (PLAIN_WORD.test(raw)) return raw;
  const withSlots = /^[^()]{1,64}\(.*\)$/.test(text) ? fillSlots(text) : undefined;
  if (withSlots !== undefined) return withSlots;
  const found = classOf(text);
  if (isHard(found)) return hardSegment(text, found);
  const freed = withoutIdParts(text);
  if (freed !== undefined) return freed;
  const kept = normaliseSegment(raw);
  return kept.length > MAX_SOFT_BYTES ? "{text}" : kept;
}

/*
  Structural suffixes behind an identifier are route words: ":verb" (google.aip.dev/136) and ".ext".
*/
const VERB = /^(.+)(:[A-Za-z][A-Za-z_-]{0,30})$/;
const EXTENSION = /^(.+)(\.[A-Za-z][A-Za-z0-9]{0,4})$/;

/** Classes that may be an identifier with a suffix. */
const SUFFIXED: ReadonlySet<string> = new Set(["slug-id", "token"]);

function hardSegment(text: string, whole: HardClass): string {
  const list = listClass(text);
  if (list !== undefined) return list;
  const [, core, suffix = ""] =
    (SUFFIXED.has(whole) ? (VERB.exec(text) ?? EXTENSION.exec(text)) : null) ?? [];
  if (core === undefined || isHard(classOf(suffix.slice(1)))) return `{${whole}}`;
  const inner = classOf(core);
  return `{${isHard(inner) ? inner : whole}}${suffix}`;
}

/** Where a file name or verb comes apart: its marks, and any UUID (RFC 9562, section 4) wherever it stands. */
const PIECES = /([.:]|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i;

/** `main.5d41402abc4b2a76b9719d911017c592.js`: what looks like a file name or verb may still have a value as a part. */
function withoutIdParts(text: string): string | undefined {
  if (!PIECES.test(text)) return undefined;
  let isFreed = false;
  const parts = text.split(PIECES).map((part) => {
    const found = classOf(part);
    if (!isHard(found)) return part;
    isFreed = true;
    return `{${found}}`;
  });
  return isFreed
    ? parts.map((part) => (part.startsWith("{") ? part : normaliseSegment(part))).join("")
    : undefined;
}

/** `a,b,c` where all are of one class joins the parameter of the single one. */
function listClass(text: string): string | undefined {
  if (!text.includes(",")) return undefined;
  const classes = new Set(text.split(",", 64).map(classOf));
  const [only] = classes;
  return classes.size === 1 && only !== undefined && isHard(only) ? `{${only}}` : undefined;
}

/*
  OData keys and functions (OData 4.01 URL conventions, 4.3): Name(5), Name('x'), Name(a=1,b='y').
  Whatever stands for a value becomes a slot, short or not.
*/
function fillSlots(text: string): string | undefined {
  const open = text.indexOf("(");
  const name = text.slice(0, open);
  if (isHard(classOf(name))) return undefined;
  const slots = text
    .slice(open + 1, -1)
    .split(",", 16)
    .map(slotOf);
  return `${normaliseSegment(name)}(${slots.join(",")})`;
}

function slotOf(argument: string): string {
  const [, name, value = argument] = /^\s*([A-Za-z_]\w{0,40})\s*=(.*)$/s.exec(argument) ?? [];
  const prefix = name === undefined || isHard(classOf(name)) ? "" : `${name}=`;
  const quoted = /^'(.*)'$/s.exec(value)?.[1];
  if (quoted !== undefined) return `${prefix}'{${slotClass(quoted)}}'`;
  return value.trim() === "" ? prefix : `${prefix}{${slotClass(value.trim())}}`;
}

function slotClass(value: string): string {
  const found = classOf(value);
  return found === "short-int" ? "int" : found;
}

/*
  Routes as sources declare them: {id} (OpenAPI, API Gateway, Spring), :id (Express, Rails), <int:id> (Flask).
  A route with a wildcard says less than the path itself, so it is not taken.
*/
export function declaredPath(route: string | undefined): string | undefined {
  if (route === undefined || !route.startsWith("/") || route.length > 1024 || /\*|\{[\w-]+\+\}/.test(route))
    return undefined;
  const parts = route.split("/").filter((part) => part !== "");
  if (parts.length > 4 * MAX_SEGMENTS) return undefined;
  return `/${parts.map(declaredSegment).join("/")}`;
}

function declaredSegment(part: string): string {
  const variables = part
    .replaceAll(/<(?:[a-z]+(?:\([^)]*\))?:)?([A-Za-z_]\w*)>/g, "{$1}")
    .replace(/^:([A-Za-z_]\w*)\??$/, "{$1}")
    .replaceAll(/\{([A-Za-z_][\w.-]*)[^{}]*\}/g, "{$1}");
  return variables
    .split(/(\{[A-Za-z_][\w.-]*\})/)
    .map((piece, index) => (index % 2 === 1 ? piece : declaredText(piece)))
    .join("");
}

/** Literal text of a declared route; a source that puts the raw path there must not smuggle values in. */
function declaredText(text: string): string {
  const found = classOf(percentDecode(text));
  return isHard(found) ? `{${found}}` : normaliseSegment(text);
}
