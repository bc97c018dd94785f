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

/** Names of fields that held the value, in a fixed order. */
export function namesOf(returned: Returned, hash: number): readonly string[] {
  return Object.keys(returned.kept)
    .filter((name) => returned.kept[name]?.includes(hash) === true)
    .sort();
}
