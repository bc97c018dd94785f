// The contract between grouping and whoever stores and uses it: routes in, templates out.
import type { Returned } from "../../model/grouping-facts.ts";
import type { DocumentMatch } from "../../model/document.ts";
import type { Pin } from "../../model/pin.ts";
import type { GroupingSketch, Route, RouteKey } from "../../model/route.ts";
import type { Remembered, TemplateSet } from "./template-set.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { Weights } from "./weights.ts";

/**
 * All routes of one service, bounded: at most some 20,000 nodes of paths. What is kept is a function of the multiset
 * of routes added, whatever their order and however they were added up before; adding those of another `Routes`
 * merges the two. Changed in place; not to be shared.
 */
export interface Routes {
  add(routes: Iterable<Route>): void;
  addReturned(returned: Returned): void;
  /** What was persisted elsewhere joins in: its taus first, then its rows. */
  merge(rows: Iterable<Route>, sketch: GroupingSketch): void;
  rows(): Iterable<Route>;
  sketch(): GroupingSketch;
  /** Rows that are new or different since the last call, and `routeText`s of rows that are no more. */
  takeChanges(): { readonly written: readonly Route[]; readonly removed: readonly string[] };
  /** Changes whenever a decision could. */
  readonly revision: number;
}

/** What is known of a service beside its traffic. */
export interface GroupingContext {
  /** What documents say about a method and path of this service; such keys get the document's template. */
  readonly documented: (key: Pick<RouteKey, "method" | "path">) => DocumentMatch;
  /** Path templates of all documents that speak for the service, with base paths: `/v1/pets/{petId}`. */
  readonly documentTemplates: readonly string[];
  /** Oldest first. */
  readonly pins: readonly Pin[];
  /** `remembered()` of the last decision, `[]` when there is none: a variable falls apart only on clear evidence. */
  readonly previous: Remembered;
  /** For fitting; the shipped ones when absent. */
  readonly weights?: Weights;
  readonly vocabulary?: Vocabulary;
}

/**
 * Deterministic in the content of `routes` and `context` alone. Decided again only as far as something changed, when the
 * same `Routes` is asked again with an equal context.
 */
export type Decide = (routes: Routes, context: GroupingContext) => TemplateSet;

/*
  In routes.ts:     createRoutes(): Routes
  In evidence.ts:   routesOf(key: SightingKey, facts: Facts): readonly Route[]   one or two routes, "good" and "bad"
  In decide.ts:     decide: Decide
*/
