// One service under the hands of absorb: its routes, what they come to, and its endpoints, found by identity.
import { createRoutes } from "../classify/grouping/routes.ts";
import { routesOf } from "../classify/grouping/evidence.ts";
import type { GroupingContext, Routes } from "../classify/grouping/grouping.ts";
import type { Limits } from "../inventory/limits.ts";
import { isOverflow } from "../inventory/limits.ts";
import { endpointId, identityKey } from "../model/identity.ts";
import type { Endpoint, ServiceState } from "../model/inventory.ts";
import type { Sighting, SightingKey } from "../model/sighting.ts";
import type { Matcher } from "../openapi/match.ts";
import type { Heard } from "../openapi/prefix.ts";
import { Prefixes } from "../openapi/prefix.ts";
import { decide } from "../classify/grouping/decide.ts";
import { Planner } from "./plan.ts";
import type { Plan } from "./plan.ts";

/** What absorb judges by. Equal objects mean that nothing changed. */
export interface Basis {
  readonly authority: string;
  readonly limits: Limits;
  readonly matcher: Matcher;
  readonly grouping: Pick<GroupingContext, "documentTemplates" | "pins">;
}

/** Hot-path state: changed in place while a batch is absorbed, never seen by others. */
export class ServiceIndex {
  readonly routes: Routes = createRoutes();
  readonly basis: Basis;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #byIdentity = new Map<string, Endpoint>();
  readonly #prefixes: Prefixes;
  #matcher: Matcher;
  #planner: Planner;
  #documented: GroupingContext["documented"];
  #changed = new Set<string>();
  #removed = new Set<string>();

  constructor(known: ServiceState, basis: Basis) {
    this.basis = basis;
    this.#prefixes = new Prefixes(basis.matcher);
    this.#matcher = basis.matcher;
    this.#planner = new Planner(basis);
    this.#documented = documentedBy(basis);
    for (const endpoint of known.endpoints.values()) this.put(endpoint);
    this.begin();
    if (known.grouping !== undefined) this.routes.merge(known.grouping.routes, known.grouping.sketch);
    else this.routes.add([...known.endpoints.values()].flatMap(routesBehind));
    // What an inventory of an older edition knows is written as routes once; what was stored need not be.
    if (known.grouping !== undefined) this.routes.takeChanges();
  }

  /** Forgets which rows changed so far. */
  begin(): void {
    this.#changed = new Set();
    this.#removed = new Set();
  }

  hear(sightings: readonly Sighting[]): void {
    this.routes.add(sightings.flatMap(({ key, facts }) => routesOf(key, facts)));
    for (const { facts } of sightings) {
      if (facts.grouping?.returned !== undefined) this.routes.addReturned(facts.grouping.returned);
    }
  }

  /** What all routes heard so far come to. */
  decide(previous: readonly string[]): Plan {
    this.#learnPrefixes();
    const context = { ...this.basis.grouping, previous, documented: this.#documented };
    return this.#planner.plan(decide(this.routes, context));
  }

  /** What stands before documented paths follows from all routes there are, like their templates. */
  #learnPrefixes(): void {
    if (this.basis.grouping.documentTemplates.length === 0) return;
    const matcher = this.#prefixes.learn(provenIn(this.routes, this.basis.authority));
    if (matcher === this.#matcher) return;
    this.#matcher = matcher;
    this.#planner = new Planner({ ...this.basis, matcher });
    this.#documented = documentedBy({ ...this.basis, matcher });
  }

  get(id: string): Endpoint | undefined {
    return this.#endpoints.get(id);
  }

  find(identity: string): Endpoint | null {
    return this.#byIdentity.get(identity) ?? null;
  }

  rows(): Iterable<Endpoint> {
    return this.#endpoints.values();
  }

  put(endpoint: Endpoint): void {
    const before = this.#endpoints.get(endpoint.id);
    if (before !== undefined) this.#drop(before);
    this.#endpoints.set(endpoint.id, endpoint);
    this.#byIdentity.set(identityKey(endpoint), endpoint);
    this.#changed.add(endpoint.id);
    this.#removed.delete(endpoint.id);
  }

  remove(endpoint: Endpoint): void {
    this.#drop(endpoint);
    this.#endpoints.delete(endpoint.id);
    this.#changed.delete(endpoint.id);
    this.#removed.add(endpoint.id);
  }

  #drop(endpoint: Endpoint): void {
    const identity = identityKey(endpoint);
    if (this.#byIdentity.get(identity)?.id === endpoint.id) this.#byIdentity.delete(identity);
  }

  /** An id nobody has: the one that follows from the key may have gone with an endpoint that moved elsewhere. */
  freeId(of: Parameters<typeof endpointId>[0]): string {
    let id = endpointId(of);
    for (let turn = 2; this.#endpoints.has(id); turn += 1) {
      id = endpointId({ ...of, operation: `${of.operation ?? ""}\n${turn}` });
    }
    return id;
  }

  /** Rows that are new or different since `begin`. */
  changed(): readonly Endpoint[] {
    return [...this.#changed].flatMap((id) => this.#endpoints.get(id) ?? []);
  }

  /** Ids of rows of `known` that are no more. */
  removedFrom(known: ServiceState): readonly string[] {
    return [...this.#removed].filter((id) => known.endpoints.has(id));
  }

  /** A copy that later batches do not change. */
  snapshot(): ReadonlyMap<string, Endpoint> {
    return new Map(this.#endpoints);
  }
}

/** What documents can be looked for behind prefixes. */
export function* provenIn(routes: Routes, authority: string): Iterable<Heard> {
  for (const { kind, key } of routes.rows()) {
    if (kind === "good" && key.style === "rest" && !key.declared) yield { authority, of: key };
  }
}

function documentedBy({
  authority,
  matcher,
}: Pick<Basis, "authority" | "matcher">): GroupingContext["documented"] {
  return ({ method, path }) => matcher(authority, method, path);
}

/** Routes as an endpoint tells them that was stored without. */
function routesBehind(endpoint: Endpoint): ReturnType<typeof routesOf> {
  if (endpoint.facts === null || isOverflow(endpoint) || endpoint.protocol === "tls") return [];
  return routesOf(keyOf(endpoint), endpoint.facts);
}

/** The key as a digest would have written it: classes in place of names. */
function keyOf(endpoint: Endpoint): SightingKey {
  let index = -1;
  const path = endpoint.path.replaceAll(/\{[^{}]*\}/g, () => {
    index += 1;
    return `{${endpoint.parameters[index]?.class ?? "declared"}}`;
  });
  const { authority, method, protocol, style, operation } = endpoint;
  return { authority, method, path, declared: false, protocol, style, operation };
}

/** The index behind a state that came out of absorb. It is taken out, for it goes on to be the index of the next. */
const behind = new WeakMap<ServiceState, ServiceIndex>();

export function takeIndex(known: ServiceState, basis: Basis): ServiceIndex {
  const held = behind.get(known);
  behind.delete(known);
  if (held === undefined || !isSame(held.basis, basis)) return new ServiceIndex(known, basis);
  held.begin();
  return held;
}

function isSame(a: Basis, b: Basis): boolean {
  return (
    a.matcher === b.matcher &&
    a.limits === b.limits &&
    a.grouping.pins === b.grouping.pins &&
    a.grouping.documentTemplates === b.grouping.documentTemplates
  );
}

export function leaveIndex(state: ServiceState, index: ServiceIndex): void {
  behind.set(state, index);
}

/** The next batch reads the state anew: what lies behind one takes some times the room of the state itself. */
export function dropIndex(state: ServiceState): void {
  behind.delete(state);
}
