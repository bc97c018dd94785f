// One reason behind a verdict: its evidence, and what else it tells about the endpoint.
import type { Evidence } from "../model/inventory.ts";
import type { Facts, SightingKey } from "../model/sighting.ts";

/** What is judged: `path` is the template, with or without names in its braces. */
export type AiKey = Pick<SightingKey, "authority" | "method" | "path" | "style" | "operation"> &
  Partial<Pick<SightingKey, "protocol">>;

export interface Reason {
  readonly evidence: Evidence;
  readonly kind: string | null;
  /** Id of a wire format that matched exactly. */
  readonly format: string | null;
  /** What serves it; absent where this reason does not tell. */
  readonly product?: string;
}

export interface Known {
  readonly facts: Facts;
  readonly kind: string | null;
  readonly format: string | null;
  readonly product?: string | undefined;
  /** Exchanges it was seen in; all of them when absent. */
  readonly count?: number;
}

export function reason(
  group: string,
  weight: number,
  text: string,
  { facts, kind, format, product, count }: Known,
): Reason {
  const { firstSeen, lastSeen } = facts;
  return {
    evidence: { group, weight, text, count: count ?? facts.requests, firstSeen, lastSeen },
    kind,
    format,
    ...(product !== undefined && { product }),
  };
}
