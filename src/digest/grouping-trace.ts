// What one exchange tells grouping: who proved a route, how large its page was, which identifiers it gave away.
import type { Distinct } from "../model/bounded.ts";
import { emptyBounded, emptyRecord } from "../model/bounded.ts";
import type { Own } from "../model/grow.ts";
import type { GroupingFacts, Heard, Returned } from "../model/grouping-facts.ts";
import { joinReturned, provesRoute, RETURNED_HASHES } from "../model/grouping-facts.ts";
import { histogramOf } from "../model/sketch.ts";
import type { LeafScanner } from "./leaves.ts";
import { fieldWords } from "./leaves.ts";
import { remembered } from "./once.ts";
import { percentDecode } from "./percent.ts";

type Hash = (text: string) => number;

/*
  Names whose values are used to address things, as their last word: `id`, `userId`, `login`, `orderNumber`.
*/
const ID_NAME =
  /(?:^|_)(?:ids?|uuid|guid|key|slug|name|login|user|username|handle|code|number|no|sku|ref|reference|symbol|sha|hash|tag|version|locale|language|currency|country|region|path|file|filename|date)$|[a-z]id$/;
// Longer values do not stand in paths.
const MAX_VALUE = 64;
// A list of many rows says enough with its first.
const MAX_VALUES = 512;
// Field names of all services of one collector; a full table is emptied rather than grown.
const MAX_NAMES = 20_000;

const isIdName = remembered((name) => ID_NAME.test(fieldWords(name)), MAX_NAMES);

/** Gathers what JSON answers return, beside the scanner that looks at the same values. */
export interface ReturnedGatherer {
  wrap(scanner: LeafScanner): LeafScanner;
  /** undefined when nothing was returned. */
  returned(): Returned | undefined;
}

export function createReturnedGatherer(hash32: Hash): ReturnedGatherer {
  const byName = new Map<string, Set<number>>();
  let left = MAX_VALUES;
  const note = (text: string, name: string): void => {
    if (left <= 0 || text.length > MAX_VALUE || !isIdName(name) || isNumbered(text)) return;
    left -= 1;
    const hashes = byName.get(name) ?? new Set<number>();
    byName.set(name, hashes);
    hashes.add(hash32(text) >>> 0);
  };
  return {
    wrap: (scanner) => ({
      scan(text, name, path) {
        note(text, name);
        scanner.scan(text, name, path);
      },
      wantsNumber: (name, length) =>
        (length <= MAX_VALUE && isIdName(name)) || scanner.wantsNumber(name, length),
    }),
    returned: () => (byName.size === 0 ? undefined : boundedReturned(byName)),
  };
}

// Such values leave paths as a class anyway; here they would only push out what stays as text.
const DIGITS = 6;

function isNumbered(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits += 1;
  }
  return digits >= DIGITS;
}

function boundedReturned(byName: ReadonlyMap<string, ReadonlySet<number>>): Returned {
  const kept = emptyRecord<Distinct>();
  for (const [name, hashes] of byName) {
    kept[name] = [...hashes].sort((a, b) => a - b).slice(0, RETURNED_HASHES);
  }
  // Joining brings it within the bound of names.
  return joinReturned({ kept, tau: null, rest: null }, emptyBounded());
}

// Paths of all services of one collector; a full table is emptied rather than grown.
const MAX_PATHS = 10_000;

/** Keyed hashes of the segments whose text stays in `path` (as in `SightingKey.path`). */
export function createSegmentHasher(hash32: Hash): (path: string) => readonly (number | null)[] {
  return remembered((path) => {
    const segments = path.split("/").slice(1);
    return segments.map((segment) =>
      segment === "" || segment.includes("{") ? null : hash32(percentDecode(segment)) >>> 0,
    );
  }, MAX_PATHS);
}

/** What was heard of one exchange. */
export interface Traced {
  readonly at: number;
  readonly status: string;
  readonly callers: Distinct;
  /** Media type of the answer, "" when it had none. */
  readonly media: string;
  /** Bytes of the answer, null when unknown. */
  readonly size: number | null;
  readonly segments: readonly (number | null)[];
  readonly returned: Returned | undefined;
}

const PAGE = /^(?:text\/html|application\/xhtml\+xml)$/;

export function groupingTrace(traced: Traced): GroupingFacts {
  const { at, status, callers, media, size, segments, returned } = traced;
  const heard: Heard = { first: at, last: at, callers };
  const isGood = provesRoute(status);
  const facts: Own<GroupingFacts> = isGood ? { good: heard } : { bad: heard };
  if (isGood && size !== null && PAGE.test(media)) facts.pages = histogramOf(size);
  if (segments.some((hash) => hash !== null)) facts.segments = segments;
  if (isGood && returned !== undefined) facts.returned = returned;
  return facts;
}
