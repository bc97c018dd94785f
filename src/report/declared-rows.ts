// Who answers at an endpoint as headers and logs declare it, as rows for the API and for scans.
import { declaredAt } from "../inventory/declared.ts";
import type { DeclaredFacts } from "../model/declared.ts";
import type { Facts } from "../model/sighting.ts";

export interface DeclaredRow extends Omit<DeclaredFacts, "labels"> {
  /** `key=value`, in order. */
  readonly labels: string[];
}

/** The weightiest first. Fields are written out, so that the order in which a store kept them does not show. */
export function declaredRows(facts: Facts | null): DeclaredRow[] {
  return declaredAt({ facts }).map(({ kind, name, namespace, labels, place, header, requests }) => ({
    kind,
    name,
    namespace,
    labels: [...labels],
    place,
    header,
    requests,
  }));
}
