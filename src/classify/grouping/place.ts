// One place of a path with everything that stands there: what features are computed from and decided about.
import type { Route, RouteEvidence } from "../../model/route.ts";
import { joinEvidence } from "../../model/route.ts";
import { isHardCore, SUFFIX_MARK } from "./token.ts";

/**
 * A node of the view: what stands at one place, with the routes below. Places whose segments were called values are
 * merged, so that below a variable everything is seen together.
 */
export interface Place {
  /**
   * By segment: text, `{class}` for what can only be a value, `{rest}` for what was folded. Suffixes are children of
   * what they hang on, and begin with SUFFIX_MARK.
   */
  readonly children: Map<string, Place>;
  /** Routes that end here, by method. */
  readonly ends: Map<string, RouteEvidence>;
  /** Requests that proved routes here and below. */
  requests: number;
  /** Keyed hash of the one segment this place is for; null where unknown or several. */
  hash: number | null;
  /** Share of all possible segments whose places were not folded into `{rest}`; 1 while none was. */
  tau: number;
  /** Classes of values in the slots of its segment: `Products({int})` has one slot. */
  readonly slots: Set<string>[];
}

export function emptyPlace(children = new Map<string, Place>()): Place {
  return { children, ends: new Map(), requests: 0, hash: null, tau: 1, slots: [] };
}

const NO_CHILDREN = new Map<string, Place>();

/** Nothing will ever stand below it. */
export function leafPlace(): Place {
  return emptyPlace(NO_CHILDREN);
}

/** A place that differs from another: a copy changed, for a literal that goes on behind a spread is a class of its own. */
export function placeWith(place: Place, changes: Partial<Place>): Place {
  return Object.assign({ ...place }, changes);
}

/** What of the routes shapes templates: good ones of plain paths. */
export function shapesTemplates({ kind, key }: Pick<Route, "kind" | "key">): boolean {
  return kind === "good" && key.style === "rest" && !key.declared && key.path.startsWith("/");
}

/** What stands in the slots of a segment: `Products({int})`. */
export function noteSlots(place: Place, segment: string): void {
  for (const [index, found] of (segment.match(/\{[^{}]*\}/g) ?? []).entries()) {
    (place.slots[index] ??= new Set()).add(found.slice(1, -1));
  }
}

/** What each merged place was merged from. */
const sources = new WeakMap<Place, readonly Place[]>();

/**
 * All of several places seen as one, as if their segments were one. The places themselves stay as they are; so does
 * what was merged `before` of the same ones, whole or in parts.
 */
export function mergePlaces(places: readonly Place[], before?: Place): Place {
  const [only] = places;
  if (only !== undefined && places.length === 1) return only;
  if (before !== undefined && isMergedFrom(before, places)) return before;
  const merged = emptyPlace();
  for (const place of places) {
    merged.requests += place.requests;
    merged.tau = Math.min(merged.tau, place.tau);
    joinSlots(merged, place);
    for (const [method, evidence] of place.ends) {
      const held = merged.ends.get(method);
      merged.ends.set(method, held === undefined ? evidence : joinEvidence(held, evidence));
    }
  }
  for (const [name, held] of childrenOf(places))
    merged.children.set(name, sameSegment(held, before?.children.get(name)));
  sources.set(merged, places);
  return merged;
}

function childrenOf(places: readonly Place[]): ReadonlyMap<string, readonly Place[]> {
  const children = new Map<string, Place[]>();
  for (const place of places) {
    for (const [name, child] of place.children) {
      const held = children.get(name);
      if (held === undefined) children.set(name, [child]);
      else held.push(child);
    }
  }
  return children;
}

function isMergedFrom(merged: Place, places: readonly Place[]): boolean {
  const from = sources.get(merged);
  return from?.length === places.length && from.every((place, index) => place === places[index]);
}

/** Places of one segment below different ones. */
function sameSegment(places: readonly Place[], before?: Place): Place {
  const merged = mergePlaces(places, before);
  const [first] = places;
  if (places.length > 1 && merged !== before)
    merged.hash = places.every(({ hash }) => hash === first?.hash) ? (first?.hash ?? null) : null;
  return merged;
}

function joinSlots(into: Place, { slots }: Place): void {
  for (const [index, classes] of slots.entries()) {
    const held = (into.slots[index] ??= new Set());
    for (const name of classes) held.add(name);
  }
}

/** Names of the children by what they are. */
export interface Kinds {
  /** Text that may be a value or a word; what ends with a slash, as "/" does, has none there. */
  readonly soft: readonly string[];
  /** `{class}` and `{rest}`: values for sure. */
  readonly hard: readonly string[];
  readonly suffixes: readonly string[];
}

/** Sorted, so that whatever is computed from them does not depend on the order of arrival. */
export function kindsOf({ children }: Place): Kinds {
  const names = [...children.keys()].sort();
  return {
    suffixes: names.filter((name) => name.startsWith(SUFFIX_MARK)),
    hard: names.filter(isHardCore),
    soft: names.filter((name) => name !== "" && !name.startsWith(SUFFIX_MARK) && !isHardCore(name)),
  };
}
