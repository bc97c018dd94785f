// Names from traffic (parameters, headers, cookies, fields): kept as they are, unless they are values in disguise.
import type { SegmentClass } from "./segment-class.ts";
import { classOf, isHard } from "./segment-class.ts";

// The longest field names of public API descriptions stay below this; longer ones are text.
const MAX_NAME = 80;
// Names of all services of one collector; a full table is emptied rather than grown.
const MAX_KNOWN = 20_000;

/** Letters only and short: cannot be random by any rule of `classOf`. */
const PLAIN = /^[A-Za-z_]{1,9}$/;
/** Soft as path segments, but as names they are keys of a map. */
const VALUES: ReadonlySet<SegmentClass> = new Set(["date", "decimal", "semver"]);

export type SafeName = (name: string) => string;

/** `safeName` with a memory of the names found safe; it remembers nothing that was replaced. */
export function createSafeName(isSecret: (text: string) => boolean): SafeName {
  const safe = new Map<string, string>();
  return (name) => {
    if (PLAIN.test(name)) return name;
    const known = safe.get(name);
    if (known !== undefined) return known;
    const found = safeNameOf(name, isSecret);
    if (found !== name) return found;
    if (safe.size >= MAX_KNOWN) safe.clear();
    const own = ownCopy(name);
    safe.set(own, own);
    return own;
  };
}

/** A slice of a body would keep the whole body alive, values included. */
function ownCopy(name: string): string {
  return JSON.parse(JSON.stringify(name)) as string;
}

function safeNameOf(name: string, isSecret: (text: string) => boolean): string {
  if (name.length > MAX_NAME) return "{text}";
  if (isSecret(name)) return "{secret}";
  const found = classOf(name);
  if (found === "short-int") return "{int}";
  if (found === "token" && isCamel(name)) return wellFormed(name);
  if (isHard(found) || VALUES.has(found)) return `{${found}}`;
  return wellFormed(name);
}

// Random text changes between cases at every second letter; words of names are longer, abbreviated ones too.
const WORD_LENGTH = 2.7;
// The longer the text, the surer: chance makes no words that are this long.
const LONG = 12;
const LONG_WORD_LENGTH = 3;
const CAMEL_LENGTH = 32;

/** Names like `isGitHubApp` and `totalFatPct`, which look random to what judges segments of paths. */
function isCamel(name: string): boolean {
  if (name.length > CAMEL_LENGTH || !/^[A-Za-z]+\d{0,2}$/.test(name) || /[A-Z]{3}/.test(name)) return false;
  const words = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return name.length >= words.length * (name.length > LONG ? LONG_WORD_LENGTH : WORD_LENGTH);
}

/** NUL and lone surrogates cannot be stored as jsonb, other controls not be shown; braces mark classes. */
function wellFormed(name: string): string {
  return name
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, "\u{FFFD}")
    .replaceAll("{", "(")
    .replaceAll("}", ")");
}
