// One place of a path with everything that stands there: what features are computed from and decided about.
import { emptyRecord } from "../../model/bounded.ts";
import type { Route, RouteEvidence } from "../../model/route.ts";
import { joinEvidence } from "../../model/route.ts";
import { isHardCore, SUFFIX_MARK, tokenOf } from "./token.ts";

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

export function emptyPlace(): Place {
  return { children: new Map(), ends: new Map(), requests: 0, hash: null, tau: 1, slots: [] };
}

/** What of the routes shapes templates: good ones of plain paths. */
export function shapesTemplates({ kind, key }: Pick<Route, "kind" | "key">): boolean {
  return kind === "good" && key.style === "rest" && !key.declared && key.path.startsWith("/");
}

/** The view of routes, nothing decided yet. `taus` as in `GroupingSketch`. */
export function placesOf(
  routes: Iterable<Route>,
  taus: Readonly<Record<string, number>> = emptyRecord(),
): Place {
  const root = emptyPlace();
  for (const { key, evidence } of routes) addRoute(root, key.path, { method: key.method, evidence });
  for (const [name, tau] of Object.entries(taus)) {
    if (!name.startsWith("O ")) continue;
    const place = placeAt(root, name.slice(2).split("/").slice(1, -1));
    if (place !== undefined) place.tau = Math.min(place.tau, tau / 2 ** 32);
  }
  return root;
}

function placeAt(root: Place, segments: readonly string[]): Place | undefined {
  let place: Place | undefined = root;
  for (const segment of segments) {
    const { core, suffix } = tokenOf(segment);
    place = place?.children.get(core);
    if (suffix !== "") place = place?.children.get(`${SUFFIX_MARK}${suffix}`);
  }
  return place;
}

function addRoute(
  root: Place,
  path: string,
  { method, evidence }: { readonly method: string; readonly evidence: RouteEvidence },
): void {
  let place = root;
  place.requests += evidence.requests;
  for (const [index, segment] of path.slice(1).split("/").entries()) {
    const { core, suffix } = tokenOf(segment);
    const hash = suffix === "" ? (evidence.segments[index] ?? null) : null;
    place = step(place, core, evidence.requests);
    place.hash = hash;
    if (segment.includes("{")) noteSlots(place, segment);
    if (suffix !== "") place = step(place, `${SUFFIX_MARK}${suffix}`, evidence.requests);
  }
  const held = place.ends.get(method);
  place.ends.set(method, held === undefined ? evidence : joinEvidence(held, evidence));
}

function step(place: Place, name: string, requests: number): Place {
  const child = place.children.get(name) ?? emptyPlace();
  place.children.set(name, child);
  child.requests += requests;
  return child;
}

function noteSlots(place: Place, segment: string): void {
  for (const [index, found] of (segment.match(/\{[^{}]*\}/g) ?? []).entries()) {
    (place.slots[index] ??= new Set()).add(found.slice(1, -1));
  }
}

/** All of several places seen as one, as if their segments were one. The places themselves stay as they are. */
export function mergePlaces(places: readonly Place[]): Place {
  const [only] = places;
  if (only !== undefined && places.length === 1) return only;
  const merged = emptyPlace();
  const children = new Map<string, Place[]>();
  for (const place of places) {
    merged.requests += place.requests;
    merged.tau = Math.min(merged.tau, place.tau);
    joinSlots(merged, place);
    for (const [method, evidence] of place.ends) {
      const held = merged.ends.get(method);
      merged.ends.set(method, held === undefined ? evidence : joinEvidence(held, evidence));
    }
    for (const [name, child] of place.children) {
      const held = children.get(name);
      if (held === undefined) children.set(name, [child]);
      else held.push(child);
    }
  }
  for (const [name, held] of children) merged.children.set(name, sameSegment(held));
  return merged;
}

/** Places of one segment below different ones. */
function sameSegment(places: readonly Place[]): Place {
  const merged = mergePlaces(places);
  const [first] = places;
  if (places.length > 1)
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
  /** Text that may be a value or a word. */
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
    soft: names.filter((name) => !name.startsWith(SUFFIX_MARK) && !isHardCore(name)),
  };
}
