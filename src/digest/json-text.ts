// Walks over the characters of JSON text: spaces, strings, brackets; told apart from what they mean.

/** Where a reader is. `wrong` stays false when the text merely ended. */
export interface Cursor {
  text: string;
  at: number;
  complete: boolean;
  wrong: boolean;
}

// What a leaf scanner looks at, and the longest text a format is told of.
export const LOOKED_AT = 8192;

export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;
export const COMMA = 0x2c;
export const COLON = 0x3a;

/** The character behind any spaces, where `at` then is. */
export function skipSpace(scan: Cursor): number {
  const code = scan.text.charCodeAt(scan.at);
  return code > 0x20 ? code : skipSpaces(scan);
}

function skipSpaces(scan: Cursor): number {
  const { text } = scan;
  let code = text.charCodeAt(scan.at);
  while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
    scan.at += 1;
    code = text.charCodeAt(scan.at);
  }
  return code;
}

/** Stops: wrongly in the middle of the text, rightly at its end. */
export function stop(scan: Cursor): false {
  if (scan.at < scan.text.length) scan.wrong = true;
  return false;
}

/** Position of the closing quote, or -1; `at` moves behind it. */
export function endOfString(scan: Cursor): number {
  const { text } = scan;
  let end = text.indexOf('"', scan.at + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  scan.at = end < 0 ? text.length : end + 1;
  return end;
}

/** An odd number of backslashes stands before `at`. The opening quote ends the walk. */
function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text.charCodeAt(from - 1) === BACKSLASH) from -= 1;
  return (at - from) % 2 === 1;
}

/** What stands between the quotes, escapes resolved, at most `LOOKED_AT` of it. */
export function textBetween(text: string, from: number, end: number): string {
  const raw = text.slice(from, Math.min(end, from + LOOKED_AT));
  if (!raw.includes("\\")) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

/** Below the deepest level told apart: brackets are counted, nothing is looked at. */
export function skipNested(scan: Cursor): boolean {
  const { text } = scan;
  let open = 0;
  do {
    const code = text.charCodeAt(scan.at);
    if (code === QUOTE) {
      if (endOfString(scan) < 0) return false;
      continue;
    }
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) open += 1;
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) open -= 1;
    scan.at += 1;
  } while (open > 0 && scan.at < text.length);
  return open === 0;
}
