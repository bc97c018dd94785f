// What PostgreSQL cannot hold is replaced before it gets there: NUL in text and jsonb, and halves of surrogate pairs.

const REPLACEMENT = "\ufffd";

/** U+0000 and lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, REPLACEMENT);
}

/**
 * The same for text made by `JSON.stringify`, which escapes exactly these: NUL as \u0000 and lone surrogates as \udXXX.
 * An escaped backslash is matched first, so that what follows it is never taken for an escape.
 */
export function cleanJson(json: string): string {
  return json.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (escape) =>
    escape === "\\\\" ? escape : String.raw`\ufffd`,
  );
}

/** A copy as it would come back from the database. */
export function cleanCopy<T>(value: T): T {
  return JSON.parse(cleanJson(JSON.stringify(value))) as T;
}

// The last millisecond whose ISO form has four digits for the year, which is what PostgreSQL reads.
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A time as a column holds it: whole milliseconds, 1970 to 9999. */
export function wholeMs(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(Math.round(ms), 0), LATEST);
}

/** A count as a column holds it. */
export function wholeCount(count: number): number {
  return Number.isNaN(count) ? 0 : Math.min(Math.max(Math.round(count), 0), Number.MAX_SAFE_INTEGER);
}
