// Notices in passing whether a request says anything in words: only then are its texts worth reading.
import type { Shape } from "../../model/shape.ts";
import type { LeafScanner } from "../leaves.ts";

/** 0: no words; 1: a few; 2: text. */
export type Wordiness = 0 | 1 | 2;

export interface Watch {
  readonly scanner: LeafScanner;
  wordiness(): Wordiness;
}

/** The same scanner, with an eye on the texts that pass. */
export function watch(scanner: LeafScanner): Watch {
  let most: Wordiness = 0;
  return {
    scanner: {
      scan(text, name, path) {
        if (most < 2 && text.length >= MIN_WORDS) most = Math.max(most, wordinessOf(text)) as Wordiness;
        scanner.scan(text, name, path);
      },
      wantsNumber: scanner.wantsNumber,
    },
    wordiness: () => most,
  };
}

// Shorter texts are names and codes; so are those of three words.
const MIN_WORDS = 8;
const MIN_TEXT = 16;
/** The Latin letters end here; in other scripts few characters say much. */
const LAST_LATIN = 0x250;

export function wordinessOf(text: string): Wordiness {
  // The middle may be a space or a sign, the second character too, hardly both.
  if (text.charCodeAt(text.length >> 1) > LAST_LATIN || text.charCodeAt(1) > LAST_LATIN) return 2;
  const first = text.indexOf(" ");
  if (first < 0) return text.includes("\n") ? 1 : 0;
  if (text.length < MIN_TEXT) return 1;
  const second = text.indexOf(" ", first + 1);
  return second > 0 && text.indexOf(" ", second + 1) > 0 ? 2 : 1;
}

/** As `wordinessOf`, of a query as it was sent. */
export function queryWordiness(query: string): Wordiness {
  if (query.length < MIN_TEXT) return 0;
  const gaps = query.match(/\+|%20/g)?.length ?? 0;
  if (gaps >= 3 || /(?:%[cde][\da-f]%[89ab][\da-f]){6}|(?:%e\d(?:%[89ab][\da-f]){2}){4}/i.test(query))
    return 2;
  return gaps > 0 ? 1 : 0;
}

// Deeper rows of numbers belong to something larger than an answer to few words.
const MAX_DEPTH = 4;

/** Rows of broken numbers. */
export function hasNumberRows(shape: Shape | null | undefined, depth = 0): boolean {
  if (shape === null || shape === undefined || depth > MAX_DEPTH) return false;
  const items = shape.array?.items;
  const fields = Object.values(shape.object?.fields.kept ?? {});
  return isBroken(items) || [items, ...fields].some((inner) => hasNumberRows(inner, depth + 1));
}

// A sentence or two; words of enumerations and most names are shorter. Lengths are kept as powers of two.
const LONG = 64;
const FEW_LEVELS = 2;

/** A long text that stands alone: in a field, not in a list. */
export function hasLongText(shape: Shape | null | undefined, depth = 0): boolean {
  if (shape === null || shape === undefined || depth > FEW_LEVELS) return false;
  if ((shape.string?.maxLength ?? 0) > LONG) return true;
  return Object.values(shape.object?.fields.kept ?? {}).some((inner) => hasLongText(inner, depth + 1));
}

function isBroken(shape: Shape | undefined): boolean {
  return (shape?.number?.decimals ?? 0) > 0;
}
