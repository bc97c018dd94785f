// Decides for one segment whose text was kept whether it is a value or a route word: only what is clearly a value is one.
import { classOf, isHard } from "../digest/path.ts";
import type { SegmentClass } from "../digest/path.ts";
import { percentDecode } from "../digest/percent.ts";

/** A segment as text with `{}` where values stood, and the classes of those values. */
export interface ReadSegment {
  readonly skeleton: string;
  readonly classes: readonly string[];
}

/** Where the segment stands. */
export interface Surroundings {
  /** Raw text of the segment before, "" at the root. */
  readonly before: string;
  /** Raw text of the segment behind, "" at the end. */
  readonly behind: string;
  /** A value stood somewhere before. */
  readonly behindValue: boolean;
}

/*
  Structural suffixes are route words: ":verb" (google.aip.dev/136), ".ext".
*/
const SUFFIX = /^(.+?)(:[A-Za-z][A-Za-z_-]{0,30}|\.[A-Za-z][A-Za-z0-9]{0,4})$/;

/** Reads a segment of kept text. */
export function readSoft(raw: string, around: Surroundings): ReadSegment {
  const text = percentDecode(raw);
  if (isVersionPlace(text, around)) return literal(raw);
  // Nobody names a route with a slash in it: `gitlab-org%2Fgitlab` is one value.
  if (/%2f/i.test(raw)) return { skeleton: "{}", classes: ["path"] };
  const whole = valueClass(text);
  if (whole !== null) return { skeleton: "{}", classes: [whole] };
  if (isHashedFile(text)) return { skeleton: "{}", classes: ["file"] };
  const [, core, suffix] = SUFFIX.exec(text) ?? [];
  const inner = core === undefined ? null : valueClass(core);
  return inner === null ? literal(raw) : { skeleton: `{}${suffix ?? ""}`, classes: [inner] };
}

function literal(raw: string): ReadSegment {
  return { skeleton: raw, classes: [] };
}

/** Segments behind which a number says which edition of the API this is. */
const FRAMES = /^(?:api|apis|rest|rpc)$/i;

/*
  `/2.0/files`, `/2010-04-01/Accounts`, `/1/boards`, `/rest/api/3`: numbers and dates that stand for an edition. They
  stand at the root or behind api|rest|rpc, before any value, and (but for `api/3`) before a route word.
*/
function isVersionPlace(text: string, { before, behind, behindValue }: Surroundings): boolean {
  if (behindValue || !/^\d{1,2}$|^\d{1,2}\.\d{1,2}(?:\.\d{1,2})?$|^20\d\d(?:-\d\d(?:-\d\d)?)?$/.test(text))
    return false;
  if (FRAMES.test(before)) return true;
  return before === "" && behind !== "" && isRouteWord(behind);
}

function isRouteWord(raw: string): boolean {
  const text = percentDecode(raw);
  return !text.startsWith("{") && /^[^\d]/.test(text) && valueClass(text) === null;
}

const always = (): true => true;

/** Soft classes that may be values, what the variable's class is called then, and the proof that is asked for. */
const VALUES: Partial<
  Readonly<Record<SegmentClass, readonly [name: string, proof: (text: string) => boolean][]>>
> = {
  "short-int": [["int", always]],
  decimal: [["decimal", always]],
  date: [["date", always]],
  semver: [["semver", always]],
  "short-hex": [["hex", isMachineMade]],
  slug: [
    ["key", isKey],
    ["token", isMachineMade],
  ],
  snake: [
    ["key", isKey],
    ["token", isMachineMade],
  ],
  camel: [
    ["key", isKey],
    ["token", isMachineMade],
  ],
  mixed: [
    ["key", isKey],
    ["token", isMachineMade],
  ],
};

/** The class of a text that can only be a value; null for what may be a route word. */
export function valueClass(text: string): string | null {
  const found = classOf(text);
  if (isHard(found)) return found;
  const proven = VALUES[found]?.find(([, proof]) => proof(text));
  return proven === undefined ? null : proven[0];
}

/** `PROJ-123`, `order_1001`, `INV2041`: a word and a running number, where the number is too long for a word's own. */
function isKey(text: string): boolean {
  if (STANDARDS.test(text)) return false;
  return /^[A-Z][A-Z0-9]{1,9}-\d{1,9}$|^[A-Za-z]{1,16}[-_]\d{3,}$|^[A-Za-z]{1,16}\d{4,}$/.test(text);
}

/** Names of standards, forms, ports and resolutions are words that end in long numbers. */
const STANDARDS =
  /^(?:iso|iec|rfc|ieee|en|din|form|port|http|tls|sha|md|rsa|ecma|cve|utf|cp|windows)[-_]?\d+$/i;

/**
 * A run of at least six in which letters and digits take turns: `a1b2c3d`. Words end in their number (`sha256`), and
 * their parts are words and numbers (`win32-x64`), so at least two turns back to letters are needed.
 */
function isMachineMade(text: string): boolean {
  return text.split(/[^A-Za-z0-9]+/).some((run) => {
    if (run.length < 6 || STANDARDS.test(run)) return false;
    const digits = run.replaceAll(/\D/g, "").length;
    const turns = run.match(/\d[A-Za-z]|[A-Za-z]\d/g)?.length ?? 0;
    return digits >= 2 && (turns >= 3 || (turns >= 1 && run.length >= 7 && /^[0-9a-f]+$/.test(run)));
  });
}

const BUILT = String.raw`\.(?:m?js|css|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|eot|wasm)$`;
const BUILT_FILE = new RegExp(BUILT, "i");
const BUILT_HARD = new RegExp(String.raw`^\{(?:slug-id|token|hex)\}${BUILT}`, "i");

/** Files that build tools name by a hash of their content: `main.e9093483.js`, `chunk-3f2a91bc.css`. */
function isHashedFile(text: string): boolean {
  if (!BUILT_FILE.test(text)) return false;
  return text
    .split(/[.\-_~]/)
    .some((part) => part.length >= 6 && /\d/.test(part) && /^[0-9a-f]+$/i.test(part));
}

/** Reads a segment in which the digest left `{class}` in place of values. */
export function readHard(segment: string): ReadSegment {
  if (BUILT_HARD.test(segment)) return { skeleton: "{}", classes: ["file"] };
  return { skeleton: segment.replaceAll(/\{[^{}]*\}/g, "{}"), classes: classesIn(segment) };
}

/** What stands in the braces of a segment or path. */
export function classesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => (name === "*" ? "tail" : name));
}
