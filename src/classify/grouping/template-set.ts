// The contract of grouping: what `decide` makes of a service's routes, and what can be asked of it.
import type { PathTemplate } from "../../model/template.ts";
import type { RouteEvidence, RouteKey } from "../../model/route.ts";

/**
 * "documented": a document has the template. "declared": the source of the traffic said it. "decided": successes shaped
 * it. "attached": never a success itself, but it fits a template that successes shaped. "alone": it fits none;
 * templated by the form of its segments. "probe", in lists only: whatever it fits, it had no success but the one answer
 * that everything gets, and no client but those that ask for what is not there, or got no more than that answer.
 */
export type MatchReason = "documented" | "declared" | "decided" | "attached" | "alone" | "probe";

export interface Matched {
  /** The same object for every key of one template, variables named and classed by all of its values. */
  readonly template: PathTemplate;
  readonly reason: MatchReason;
}

/** One signed reason why a segment is a variable; the contributions of all add up to `Explanation.score`. */
export interface Contribution {
  readonly feature: string;
  /** In words, with its numbers. */
  readonly text: string;
  /** Log-odds: above zero speaks for a variable. */
  readonly weight: number;
}

export interface Explanation {
  /** Index of the segment, 0 at the root. */
  readonly segment: number;
  readonly decided: "variable" | "literal";
  /** What settled it: a rule that always wins, or the sum of the evidence. */
  readonly by: "pin" | "document" | "source" | "form" | "evidence" | "rule";
  /** Log-odds, mean over the values there; null where a rule settled it. */
  readonly score: number | null;
  /** Above it, a segment is a variable. */
  readonly threshold: number;
  /** Strongest first. */
  readonly contributions: readonly Contribution[];
  /** Distinct values heard there, as far as known. */
  readonly values: number;
  /** One sentence: what would have to be heard, or done, to decide otherwise. */
  readonly otherwise: string;
}

/** All routes of one template. */
export interface GroupedTemplate {
  readonly method: string;
  readonly template: PathTemplate;
  readonly style: RouteKey["style"];
  readonly operation: string | null;
  /** As `match` gives for its keys; of several the one named first above. */
  readonly reason: MatchReason;
  /** Of all exchanges, good or bad, joined. */
  readonly evidence: RouteEvidence;
}

/** Decisions worth remembering: `${path of the place} ${literal}` of values that were variables. Plain JSON. */
export type Remembered = readonly string[];

export interface TemplateSet {
  /** Which template a sighting of this service belongs to. Total: every key has one. */
  match(key: RouteKey): Matched;
  /** Routes by template, in a fixed order. */
  list(): readonly GroupedTemplate[];
  /** Why the segments of a template are what they are; `[]` for a path that is no template of this set. */
  explain(path: string): readonly Explanation[];
  /** To hand to the next `decide` as `previous`: gives undecided cases inertia. */
  remembered(): Remembered;
}
