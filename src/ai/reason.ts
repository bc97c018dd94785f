// One reason behind a verdict: its evidence, and what else it tells about the endpoint.
import type { Evidence } from "../model/inventory.ts";
import type { Facts } from "../model/sighting.ts";

export interface Reason {
  readonly evidence: Evidence;
  readonly kind: string | null;
  /** Id of a wire format that matched exactly. */
  readonly format: string | null;
}

export interface Known {
  readonly facts: Facts;
  readonly kind: string | null;
  readonly format: string | null;
  /** Exchanges it was seen in; all of them when absent. */
  readonly count?: number;
}

export function reason(
  group: string,
  weight: number,
  text: string,
  { facts, kind, format, count }: Known,
): Reason {
  const { firstSeen, lastSeen } = facts;
  return {
    evidence: { group, weight, text, count: count ?? facts.requests, firstSeen, lastSeen },
    kind,
    format,
  };
}
