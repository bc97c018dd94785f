// What grouping needs to know of exchanges beyond the other facts: keyed hashes and sizes, nothing that was said.
import type { Bound, Bounded, Distinct, Histogram } from "./bounded.ts";
import { emptyRecord, joinBounded } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { growBounded, growCounters, ownCopy } from "./grow.ts";

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
  return growGroupingFacts(ownCopy(a), b);
}

/** `joinGroupingFacts` into `into`, which it gives back. */
export function growGroupingFacts(into: Own<GroupingFacts>, from: GroupingFacts): GroupingFacts {
  if (from.good !== undefined) into.good = grownHeard(into.good, from.good);
  if (from.bad !== undefined) into.bad = grownHeard(into.bad, from.bad);
  if (from.pages !== undefined) growCounters((into.pages ??= emptyRecord()), from.pages);
  if (from.segments !== undefined) {
    into.segments = into.segments === undefined ? from.segments : joinSegments(into.segments, from.segments);
  }
  if (from.returned === undefined) return into;
  if (into.returned === undefined) into.returned = ownCopy(from.returned);
  else growBounded(into.returned, from.returned, RETURNED);
  return into;
}

function grownHeard(into: Own<Heard> | undefined, { first, last, callers }: Heard): Heard {
  if (into === undefined) return { first, last, callers };
  if (first < into.first) into.first = first;
  if (last > into.last) into.last = last;
  into.callers = joinSmallest(into.callers, callers, GROUPING_CALLERS);
  return into;
}

/** Of the values returned by all of one service; commutative, associative. */
export function joinReturned(a: Returned, b: Returned): Returned {
  return joinBounded(a, b, RETURNED);
}

/** Where two texts have one key, which only folding makes, their hashes say nothing any more. */
export function joinSegments(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
): readonly (number | null)[] {
  if (a === b || areEqual(a, b)) return a;
  const longer = a.length < b.length ? b : a;
  return longer.map((_, index) => (a[index] === b[index] ? (a[index] ?? null) : null));
}

function areEqual(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

/** The `most` smallest numbers of two ascending lists without repetition. */
export function joinSmallest(a: Distinct, b: Distinct, most: number): Distinct {
  const smallest: number[] = [];
  eachOfBoth(a, b, (number) => smallest.push(number) < most);
  return smallest;
}

/** Numbers of two ascending lists, ascending, each once, with whether both have it, until `visit` says no more. */
export function eachOfBoth(
  a: Distinct,
  b: Distinct,
  visit: (number: number, both: boolean) => boolean,
): void {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = numberAt(a, i);
    const right = numberAt(b, j);
    if (!visit(Math.min(left, right), left === right)) return;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
}

function numberAt(list: Distinct, index: number): number {
  return list[index] ?? Infinity;
}
