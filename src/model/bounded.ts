// Bounded, mergeable collections: what they keep is a function of the multiset seen, not of its order.

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
