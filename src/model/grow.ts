// The same joins in place: a sum over many needs one copy at its start instead of one per step.
import type { Bound, Bounded } from "./bounded.ts";
import { emptyRecord, joinCapped, setEntry, withinBound } from "./bounded.ts";
import { hash32 } from "./hash.ts";

/** What its holder made itself and shares with nobody: only such values may be grown. */
export type Own<T> = { -readonly [K in keyof T]: T[K] };

/** A deep copy of plain data. */
export function ownCopy<T>(value: T): Own<T> {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => ownCopy(item)) as unknown as Own<T>;
  const copy = emptyRecord<unknown>();
  for (const key in value) setEntry(copy, key, ownCopy(value[key]));
  return copy as Own<T>;
}

/** `joinBounded` into `into`. */
export function growBounded<V>(into: Own<Bounded<V>>, from: Bounded<V>, bound: Bound<V>): void {
  const grow = bound.grow ?? bound.join;
  lowerTau(into, from.tau, bound);
  if (from.rest !== null) growRest(into, from.rest, bound);
  const kept = into.kept as Record<string, V>;
  let isWider = false;
  for (const key in from.kept) {
    const value = from.kept[key] as V;
    const held = kept[key];
    if (held !== undefined) kept[key] = grow(held, value);
    else if (isLeftOut(key, into.tau)) growRest(into, value, bound);
    else {
      kept[key] = ownCopy(value) as V;
      isWider = true;
    }
  }
  if (isWider) Object.assign(into, withinBound(into, Object.keys(kept).length, bound));
}

function isLeftOut(key: string, tau: number | null): boolean {
  return tau !== null && hash32(key) >= tau;
}

function growRest<V>(into: Own<Bounded<V>>, value: V, { join, grow = join }: Bound<V>): void {
  into.rest = into.rest === null ? (ownCopy(value) as V) : grow(into.rest, value);
}

function lowerTau<V>(into: Own<Bounded<V>>, tau: number | null, bound: Bound<V>): void {
  if (tau === null || (into.tau !== null && into.tau <= tau)) return;
  const kept = emptyRecord<V>();
  for (const key in into.kept) {
    const value = into.kept[key] as V;
    if (isLeftOut(key, tau)) growRest(into, value, bound);
    else kept[key] = value;
  }
  into.kept = kept;
  into.tau = tau;
}

/*
  Engines list keys that look like numbers (statuses, buckets) far slower than others, so the key of a record that is
  made once and heard all day is remembered beside it.
*/
const soleKeys = new WeakMap<object, string>();

/** A record of one entry, to be shared and never changed. */
export function soleRecord<V>(key: string, value: V): Readonly<Record<string, V>> {
  const record = emptyRecord<V>();
  setEntry(record, key, value);
  soleKeys.set(record, key);
  return record;
}

/** `joinRecords` into `into`; true when names were added. */
export function growRecord<V>(
  into: Readonly<Record<string, V>>,
  from: Readonly<Record<string, V>>,
  grow: (into: V, from: V) => V,
): boolean {
  const record = into as Record<string, V>;
  const sole = soleKeys.get(from);
  if (sole !== undefined) return growEntry(record, sole, from[sole] as V, grow);
  let isWider = false;
  for (const name in from) if (growEntry(record, name, from[name] as V, grow)) isWider = true;
  return isWider;
}

function growEntry<V>(
  into: Record<string, V>,
  name: string,
  value: V,
  grow: (into: V, from: V) => V,
): boolean {
  const held = into[name];
  setEntry(into, name, held === undefined ? (ownCopy(value) as V) : grow(held, value));
  return held === undefined;
}

/** `joinCapped` into `into`, or into the record it gives back when that had to shrink. */
export function growCapped<V>(
  into: Readonly<Record<string, V>>,
  from: Readonly<Record<string, V>>,
  bound: Bound<V> & { readonly other: string },
): Readonly<Record<string, V>> {
  const isWider = growRecord(into, from, bound.grow ?? bound.join);
  return isWider ? joinCapped(into, emptyRecord(), bound) : into;
}

/** Adds counters name by name. */
export function growCounters(
  into: Readonly<Record<string, number>>,
  from: Readonly<Record<string, number>>,
): void {
  const record = into as Record<string, number>;
  const sole = soleKeys.get(from);
  if (sole !== undefined) setEntry(record, sole, (record[sole] ?? 0) + (from[sole] as number));
  else for (const name in from) setEntry(record, name, (record[name] ?? 0) + (from[name] as number));
}
