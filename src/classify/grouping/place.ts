// One place of a path with everything that stands there: what features are computed from and decided about.
import type { RouteEvidence } from "../../model/route.ts";

/**
 * A node of the view: what stands at one place, with the routes below. Where segments were called values, nodes are
 * merged, so that below a variable everything is seen together.
 */
export interface Place {
  /** By segment text; `{class}` for what the digest took out, `{rest}` for what was folded. Suffix tokens start with \u0001. */
  readonly children: Map<string, Place>;
  /** Routes that end here, by method. */
  readonly ends: Map<string, RouteEvidence>;
  /** Requests that proved routes here and below. */
  requests: number;
  /** Keyed hashes of what stood here, of the segment this node is for; as far as kept. */
  readonly hashes: Set<number>;
  /** Smallest hash of a child folded into `{rest}`, as a share of all hashes; 1 while none was. */
  tau: number;
}

/** What is known about where a place stands. */
export interface Around {
  /** Decided segments above: literals as text, variables as `{}`. */
  readonly path: readonly string[];
}
