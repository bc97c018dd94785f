// Answers from a service's sample of returned identifiers: was this value given away, and under which name.
import type { Returned } from "../../model/grouping-facts.ts";
import { RETURNED_HASHES } from "../../model/grouping-facts.ts";
import type { WasReturned } from "./features.ts";

/** The sample of a name answers for every hash up to the largest it holds; once all are kept, for every hash. */
export function wasReturnedIn(returned: Returned): WasReturned {
  const samples = Object.values(returned.kept);
  const all = new Set(samples.flat());
  const reach =
    returned.tau !== null
      ? -1
      : Math.min(Infinity, ...samples.map((sample) => sample[RETURNED_HASHES - 1] ?? Infinity));
  return (hash) => {
    if (all.has(hash)) return true;
    return samples.length === 0 || hash > reach ? null : false;
  };
}

const indexes = new WeakMap<Returned, ReadonlyMap<number, readonly string[]>>();

/** Names of fields that held the value, in a fixed order. */
export function namesOf(returned: Returned, hash: number): readonly string[] {
  const index = indexes.get(returned) ?? indexOf(returned);
  indexes.set(returned, index);
  return index.get(hash) ?? NONE;
}

const NONE: readonly string[] = [];

function indexOf({ kept }: Returned): ReadonlyMap<number, readonly string[]> {
  const index = new Map<number, string[]>();
  for (const name of Object.keys(kept).sort()) {
    for (const hash of kept[name] ?? []) {
      const held = index.get(hash);
      if (held === undefined) index.set(hash, [name]);
      else held.push(name);
    }
  }
  return index;
}
