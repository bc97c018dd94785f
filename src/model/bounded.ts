// Bounded, mergeable collections: what they keep is a function of the multiset seen, not of its order.
import { hash32 } from "./hash.ts";

/**
 * A map that keeps the `cap` keys with the smallest hash and adds everything else up in `rest`.
 * Invariant: no key with hash >= `tau` is in `kept`. `tau` only falls, so a kept key was never evicted before and its
 * value is exact; join (union, smaller tau, fold) is commutative and associative.
 */
export interface Bounded<V> {
  readonly kept: Readonly<Record<string, V>>;
  /** Smallest hash ever left out (0..2^32-1), or null while nothing was. */
  readonly tau: number | null;
  /** Join of all values left out, or null. */
  readonly rest: V | null;
}

/** Counts by logarithmic bucket (relative error 5 %): key = bucket index, value = count. Join adds. */
export type Histogram = Readonly<Record<string, number>>;

/** The k smallest 32-bit hashes of a set, ascending: estimates how many distinct things there were (k = 64, error 13 %). */
export type Distinct = readonly number[];

/** How one kind of `Bounded` grows: `join` must be commutative and associative and must not change its arguments. */
export interface Bound<V> {
  readonly cap: number;
  readonly join: (a: V, b: V) => V;
  /** The same, but may change and give back its first argument; `join` where values cannot be changed. */
  readonly grow?: (into: V, from: V) => V;
}

/*
  A constructor whose prototype is itself without one: reads and writes of "__proto__" or "constructor" touch the record
  alone, as with Object.create(null), which engines make a slow hash table from the start (measured: a third of a digest).
*/
const Bare = function bare() {} as unknown as new () => object;
Bare.prototype = Object.create(null);

/** An empty record that keys from traffic ("__proto__", "constructor") cannot confuse. */
export function emptyRecord<V>(): Record<string, V> {
  return new Bare() as Record<string, V>;
}

/*
  Engines keep entries whose keys are numbers (statuses, buckets) in a list: for "200" alone room is taken for 300
  (measured: 2.6 KB, 4 µs to make and 2 µs to list, for "404" twice that). Whoever once had an entry far away keeps a
  table instead (170 bytes, 0.4 µs, 0.2 µs).
*/
const FAR = 4_000_000_000;

/** Adds an entry, or gives it another value, in a record that the caller made. */
export function setEntry<V>(record: Record<string, V>, key: string, value: V): void {
  // An entry of that very name stays: the table is there then.
  if (isNumber(key) && record[key] === undefined && record[FAR] === undefined) {
    record[FAR] = value;
    delete record[FAR];
  }
  record[key] = value;
}

function isNumber(key: string): boolean {
  return isDigit(key.charCodeAt(0)) && isDigit(key.charCodeAt(key.length - 1));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function emptyBounded<V>(): Bounded<V> {
  return { kept: emptyRecord(), tau: null, rest: null };
}

/** What was in `a` and what was in `b`, kept within the bound. */
export function joinBounded<V>(a: Bounded<V>, b: Bounded<V>, bound: Bound<V>): Bounded<V> {
  const tau = smaller(a.tau, b.tau);
  const kept = emptyRecord<V>();
  let rest = joinRest(a.rest, b.rest, bound);
  let size = 0;
  for (const side of [a, b]) {
    for (const key in side.kept) {
      const value = side.kept[key] as V;
      if (tau !== null && tau !== side.tau && hash32(key) >= tau) {
        rest = joinRest(rest, value, bound);
        continue;
      }
      const held = kept[key];
      if (held === undefined) size += 1;
      kept[key] = held === undefined ? value : bound.join(held, value);
    }
  }
  return withinBound({ kept, tau, rest }, size, bound);
}

/** `bounded` with `value` joined in under `key`. */
export function addToBounded<V>(bounded: Bounded<V>, key: string, value: V, bound: Bound<V>): Bounded<V> {
  const kept = emptyRecord<V>();
  kept[key] = value;
  return joinBounded(bounded, { kept, tau: null, rest: null }, bound);
}

/** A `Bounded` of entries with distinct keys. */
export function boundedOf<V>(entries: Iterable<readonly [string, V]>, bound: Bound<V>): Bounded<V> {
  const kept = emptyRecord<V>();
  let size = 0;
  for (const [key, value] of entries) {
    kept[key] = value;
    size += 1;
  }
  return withinBound({ kept, tau: null, rest: null }, size, bound);
}

/** Folds away the keys of the largest hashes until at most `cap` of `size` are kept. Equal hashes leave together. */
export function withinBound<V>(bounded: Bounded<V>, size: number, bound: Bound<V>): Bounded<V> {
  if (size <= bound.cap) return bounded;
  const ranked = Object.keys(bounded.kept)
    .map((key) => ({ key, hash: hash32(key) }))
    .sort((a, b) => a.hash - b.hash);
  const tau = (ranked[bound.cap] as { hash: number }).hash;
  const kept = emptyRecord<V>();
  let rest = bounded.rest;
  for (const { key, hash } of ranked) {
    const value = bounded.kept[key] as V;
    if (hash < tau) kept[key] = value;
    else rest = joinRest(rest, value, bound);
  }
  return { kept, tau, rest };
}

function joinRest<V>(a: V | null, b: V | null, { join }: Bound<V>): V | null {
  return a === null || b === null ? (a ?? b) : join(a, b);
}

function smaller(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/**
 * Union of two records; what stands under one key in both is joined. Beyond `cap` the keys of the largest hashes are
 * joined under `other`, which itself does not count. Order-free, because once full it stays full: a key folded away
 * can never rank among the first `cap` again.
 */
export function joinCapped<V>(
  a: Readonly<Record<string, V>>,
  b: Readonly<Record<string, V>>,
  { cap, join, other }: Bound<V> & { readonly other: string },
): Record<string, V> {
  const joined = joinRecords(a, b, join);
  const names = Object.keys(joined).filter((name) => name !== other);
  if (names.length <= cap) return joined;
  const ranked = names.map((name) => ({ name, hash: hash32(name) }));
  ranked.sort((x, y) => x.hash - y.hash || (x.name < y.name ? -1 : 1));
  const held = emptyRecord<V>();
  let rest = joined[other];
  for (const [rank, { name }] of ranked.entries()) {
    const value = joined[name] as V;
    if (rank < cap) held[name] = value;
    else rest = rest === undefined ? value : join(rest, value);
  }
  held[other] = rest as V;
  return held;
}

/** Union of two records of unbounded names; only for names from a fixed set. */
export function joinRecords<V>(
  a: Readonly<Record<string, V>>,
  b: Readonly<Record<string, V>>,
  join: (a: V, b: V) => V,
): Record<string, V> {
  const joined = emptyRecord<V>();
  for (const name in a) setEntry(joined, name, a[name] as V);
  for (const name in b) {
    const held = joined[name];
    setEntry(joined, name, held === undefined ? (b[name] as V) : join(held, b[name] as V));
  }
  return joined;
}

/** Adds counters name by name. */
export function addCounters(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  return joinRecords(a, b, sum);
}

export function sum(a: number, b: number): number {
  return a + b;
}
