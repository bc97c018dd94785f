// What grouping needs to know of exchanges beyond the other facts: keyed hashes and sizes, nothing that was said.
import type { Bound, Bounded, Distinct, Histogram } from "./bounded.ts";
import { joinBounded } from "./bounded.ts";
import { joinHistogram } from "./sketch.ts";

/** When exchanges with one kind of outcome were heard, and from whom. */
export interface Heard {
  readonly first: number;
  readonly last: number;
  /** Keyed hashes of client addresses, the `GROUPING_CALLERS` smallest. */
  readonly callers: Distinct;
}

/** Field name (in safe form) to keyed hashes of the values it had, the `RETURNED_HASHES` smallest. */
export type Returned = Bounded<Distinct>;

/** An optional part of `Facts`: each field is absent while there is nothing to say. Joined by `joinGroupingFacts`. */
export interface GroupingFacts {
  /** Exchanges whose status proves that something is there (`provesRoute`). */
  readonly good?: Heard;
  /** All others. */
  readonly bad?: Heard;
  /** Sizes of successful answers that were web pages: a page that answers everything has one size. */
  readonly pages?: Histogram;
  /** Keyed hashes of the path's segments, null where no text was kept. Alike for all exchanges of one sighting key. */
  readonly segments?: readonly (number | null)[];
  /** Values that JSON answers gave under names of identifiers: whoever uses one in a path got it there. */
  readonly returned?: Returned;
}

/** Enough to tell "two clients" and who probes; a route is stored with them. */
export const GROUPING_CALLERS = 16;
/** Names of identifiers in one service; public APIs use about ten for what stands in their paths. */
export const RETURNED_NAMES = 16;
/** 128 of a set's smallest hashes answer exactly for every hash below the largest of them. */
export const RETURNED_HASHES = 128;

const RETURNED: Bound<Distinct> = {
  cap: RETURNED_NAMES,
  join: (a, b) => joinSmallest(a, b, RETURNED_HASHES),
};

/** Statuses that only something that exists answers with: success, "not modified", "see other place". */
export function provesRoute(status: string): boolean {
  return /^2\d\d$|^101$|^30[2347]$/.test(status);
}

/** Commutative, associative. */
export function joinGroupingFacts(a: GroupingFacts, b: GroupingFacts): GroupingFacts {
  const good = joinHeard(a.good, b.good);
  const bad = joinHeard(a.bad, b.bad);
  const pages = joined(a.pages, b.pages, joinHistogram);
  const segments = joined(a.segments, b.segments, joinSegments);
  const returned = joined(a.returned, b.returned, joinReturned);
  return {
    ...(good !== undefined && { good }),
    ...(bad !== undefined && { bad }),
    ...(pages !== undefined && { pages }),
    ...(segments !== undefined && { segments }),
    ...(returned !== undefined && { returned }),
  };
}

/** Of the values returned by all of one service; commutative, associative. */
export function joinReturned(a: Returned, b: Returned): Returned {
  return joinBounded(a, b, RETURNED);
}

export function joinHeard(a: Heard | undefined, b: Heard | undefined): Heard | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    callers: joinSmallest(a.callers, b.callers, GROUPING_CALLERS),
  };
}

/** Where two texts have one key, which only folding makes, their hashes say nothing any more. */
export function joinSegments(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
): readonly (number | null)[] {
  if (a === b) return a;
  const longer = a.length < b.length ? b : a;
  return longer.map((_, index) => (a[index] === b[index] ? (a[index] ?? null) : null));
}

function joined<T>(a: T | undefined, b: T | undefined, join: (a: T, b: T) => T): T | undefined {
  return a === undefined || b === undefined ? (a ?? b) : join(a, b);
}

/** The `most` smallest numbers of two ascending lists without repetition. */
export function joinSmallest(a: Distinct, b: Distinct, most: number): Distinct {
  const smallest: number[] = [];
  let i = 0;
  let j = 0;
  while (smallest.length < most && (i < a.length || j < b.length)) {
    const left = a[i] ?? Infinity;
    const right = b[j] ?? Infinity;
    smallest.push(Math.min(left, right));
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return smallest;
}
