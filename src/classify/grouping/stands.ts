// Where routes stand: a tree that changes with them and gives the view of what did not change as the same objects.
import { emptyRecord } from "../../model/bounded.ts";
import type { Route, RouteEvidence } from "../../model/route.ts";
import { joinEvidence } from "../../model/route.ts";
import type { Place } from "./place.ts";
import { emptyPlace, leafPlace, noteSlots } from "./place.ts";
import { isHardCore, SUFFIX_MARK, tokenOf } from "./token.ts";

/** How many routes lead through one segment's text, how many of them know its hash, and that hash. */
interface Text {
  readonly segment: string;
  routes: number;
  hashed: number;
  hash: number | null;
}

/**
 * Most have no children, one route and one text: there are thousands of them in a service. Lists grow by `concat`,
 * which takes room for what there is, where spreading and pushing take it for sixteen more.
 */
interface Stand {
  readonly parent: Stand | null;
  children: Map<string, Stand> | null;
  /** Those that end here. */
  routes: readonly Route[];
  /** Of segments that lead here. */
  texts: readonly Text[];
  through: number;
  tau: number;
  /** null since something changed here or below; then also above. */
  place: Place | null;
}

const NO_ROUTES: readonly Route[] = [];
const NO_TEXTS: readonly Text[] = [];

function emptyStand(parent: Stand | null): Stand {
  return { parent, children: null, routes: NO_ROUTES, texts: NO_TEXTS, through: 0, tau: 1, place: null };
}

/** The places of routes, nothing decided yet, in an order that is that of names, not of arrival. */
export class Stands {
  /** At how many places each text stands. Places where another number would be heard are made anew. */
  readonly recurrence = new Map<string, number>();
  readonly #root = emptyStand(null);
  /** Texts whose number changed since the last view, to what it was. */
  readonly #altered = new Map<string, number>();
  #folded: ReadonlyMap<Stand, number> = new Map();

  put(route: Route): void {
    let stand = this.#enter(this.#root);
    for (const [index, segment] of segmentsOf(route)) {
      const { core, suffix } = tokenOf(segment);
      stand = this.#enter(this.#childOf(stand, core));
      noteText(stand, segment, suffix === "" ? (route.evidence.segments[index] ?? null) : null);
      if (suffix !== "") stand = this.#enter(this.#childOf(stand, `${SUFFIX_MARK}${suffix}`));
    }
    stand.routes = stand.routes.concat(route);
  }

  /** A route that was put, with the evidence it had then. */
  drop(route: Route): void {
    let stand = this.#leave(this.#root);
    for (const [index, segment] of segmentsOf(route)) {
      const { core, suffix } = tokenOf(segment);
      stand = this.#leaveChild(stand, core);
      const isHashed = suffix === "" && (route.evidence.segments[index] ?? null) !== null;
      forgetText(stand, segment, isHashed);
      if (suffix !== "") stand = this.#leaveChild(stand, `${SUFFIX_MARK}${suffix}`);
    }
    stand.routes = stand.routes.filter((other) => other !== route);
  }

  /** `taus` as in `GroupingSketch`. */
  fold(taus: Readonly<Record<string, number>>): void {
    const folded = new Map<Stand, number>();
    for (const name in taus) {
      const stand = name.startsWith("O ") ? this.#at(name.slice(2).split("/").slice(1, -1)) : undefined;
      const tau = (taus[name] as number) / 2 ** 32;
      if (stand !== undefined) folded.set(stand, Math.min(folded.get(stand) ?? 1, tau));
    }
    for (const [stand] of this.#folded) if (!folded.has(stand)) setTau(stand, 1);
    for (const [stand, tau] of folded) setTau(stand, tau);
    this.#folded = folded;
  }

  /** The view as it is now. `isNews`: of which hashes of segments something else is known than before. */
  view(isNews: ((hash: number) => boolean) | null = null): Place {
    const altered = new Set<string>();
    for (const [name, before] of this.#altered) {
      const count = this.recurrence.get(name) ?? 0;
      // What stands nowhere else stands where everything is new.
      if (before > 0 && count > 0 && before !== count) altered.add(name);
    }
    this.#altered.clear();
    const touches = (name: string, { texts }: Stand): boolean =>
      altered.has(name) || (isNews !== null && hasNews(texts, isNews));
    if (altered.size > 0 || isNews !== null) markWhere(this.#root, touches);
    return placeOf(this.#root);
  }

  #at(segments: readonly string[]): Stand | undefined {
    let stand: Stand | undefined = this.#root;
    for (const segment of segments) {
      const { core, suffix } = tokenOf(segment);
      stand = stand?.children?.get(core);
      if (suffix !== "") stand = stand?.children?.get(`${SUFFIX_MARK}${suffix}`);
    }
    return stand;
  }

  #enter(stand: Stand): Stand {
    stand.through += 1;
    stand.place = null;
    return stand;
  }

  #leave(stand: Stand): Stand {
    stand.through -= 1;
    stand.place = null;
    return stand;
  }

  #childOf(stand: Stand, name: string): Stand {
    const held = stand.children?.get(name);
    if (held !== undefined) return held;
    const made = emptyStand(stand);
    (stand.children ??= new Map()).set(name, made);
    this.#count(name, 1);
    return made;
  }

  #leaveChild(stand: Stand, name: string): Stand {
    const child = this.#leave(stand.children?.get(name) as Stand);
    if (child.through === 0) {
      stand.children?.delete(name);
      this.#count(name, -1);
    }
    return child;
  }

  #count(name: string, more: number): void {
    if (isHardCore(name)) return;
    const count = this.recurrence.get(name) ?? 0;
    if (!this.#altered.has(name)) this.#altered.set(name, count);
    if (count + more === 0) this.recurrence.delete(name);
    else this.recurrence.set(name, count + more);
  }
}

function segmentsOf({ key }: Route): Iterable<readonly [number, string]> {
  return key.path.slice(1).split("/").entries();
}

function noteText(stand: Stand, segment: string, hash: number | null): void {
  let held = stand.texts.find((text) => text.segment === segment);
  if (held === undefined) {
    held = { segment, routes: 0, hashed: 0, hash: null };
    stand.texts = stand.texts.concat(held);
  }
  held.routes += 1;
  if (hash === null) return;
  held.hashed += 1;
  held.hash = hash;
}

function forgetText(stand: Stand, segment: string, isHashed: boolean): void {
  const held = stand.texts.find((text) => text.segment === segment);
  if (held === undefined) return;
  held.routes -= 1;
  if (isHashed) held.hashed -= 1;
  if (held.hashed === 0) held.hash = null;
  if (held.routes === 0) stand.texts = stand.texts.filter((text) => text !== held);
}

function setTau(stand: Stand, tau: number): void {
  if (stand.tau === tau) return;
  stand.tau = tau;
  mark(stand);
}

function mark(stand: Stand): void {
  for (let at: Stand | null = stand; at !== null && at.place !== null; at = at.parent) at.place = null;
}

/** Everything a place is judged by is seen from its parent. */
function markWhere(stand: Stand, touches: (name: string, child: Stand) => boolean): void {
  for (const [name, child] of stand.children ?? []) {
    if (touches(name, child)) mark(stand);
    markWhere(child, touches);
  }
}

function hasNews(texts: readonly Text[], isNews: (hash: number) => boolean): boolean {
  return texts.some(({ hash }) => hash !== null && isNews(hash));
}

function placeOf(stand: Stand): Place {
  if (stand.place !== null) return stand.place;
  const place = stand.children === null ? leafPlace() : emptyPlace();
  for (const name of [...(stand.children?.keys() ?? [])].sort()) {
    const child = placeOf(stand.children?.get(name) as Stand);
    place.children.set(name, child);
    place.requests += child.requests;
  }
  for (const { key, evidence } of [...stand.routes].sort(byKey)) {
    place.requests += evidence.requests;
    addEnd(place, key.method, evidence);
  }
  noteTexts(place, stand);
  place.tau = stand.tau;
  stand.place = place;
  return place;
}

function noteTexts(place: Place, { texts }: Stand): void {
  for (const { segment, hash } of [...texts].sort((a, b) => (a.segment < b.segment ? -1 : 1))) {
    if (segment.includes("{")) noteSlots(place, segment);
    place.hash ??= hash;
  }
}

function addEnd({ ends }: Place, method: string, evidence: RouteEvidence): void {
  const held = ends.get(method);
  ends.set(method, held === undefined ? evidence : joinEvidence(held, evidence));
}

/** Whatever was added in whatever order is looked at in one. */
export function byKey(a: Route, b: Route): number {
  if (a.key.path !== b.key.path) return a.key.path < b.key.path ? -1 : 1;
  if (a.key.method !== b.key.method) return a.key.method < b.key.method ? -1 : 1;
  const [left, right] = [a, b].map(
    ({ kind, key }) => `${kind} ${key.declared} ${key.style} ${key.operation}`,
  );
  return (left as string) < (right as string) ? -1 : 1;
}

/** The view of routes, nothing decided yet. `taus` as in `GroupingSketch`. */
export function placesOf(
  routes: Iterable<Route>,
  taus: Readonly<Record<string, number>> = emptyRecord(),
): Place {
  const stands = new Stands();
  for (const route of routes) stands.put(route);
  stands.fold(taus);
  return stands.view();
}
