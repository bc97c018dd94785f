// Stops 6 and 7 as one pure function: what is known of a service and what was heard give what is known now.
import { identify, judge } from "../classify/classify.ts";
import { apply } from "../inventory/apply.ts";
import { serviceDiscovered } from "../inventory/events.ts";
import type { Limits } from "../inventory/limits.ts";
import { isOverflow, LIMITS, withinLimits } from "../inventory/limits.ts";
import { withSightings } from "../inventory/service.ts";
import { joinIdentified } from "../model/classified.ts";
import type { Identified } from "../model/classified.ts";
import { joinFacts } from "../model/facts.ts";
import { identityKey, skeletonOf } from "../model/identity.ts";
import type { Endpoint, InventoryEvent, Service, ServiceState } from "../model/inventory.ts";
import type { Facts, Sighting, SightingKey } from "../model/sighting.ts";
import type { Matcher } from "../openapi/match.ts";

export interface AbsorbContext {
  readonly matcher: Matcher;
  readonly limits?: Limits;
}

export interface Absorbed {
  /** What is known now; `known` itself is never changed. */
  readonly state: ServiceState;
  readonly services: readonly Service[];
  /** Rows that are new or different. */
  readonly endpoints: readonly Endpoint[];
  /** Rows that became part of others. */
  readonly removedEndpointIds: readonly string[];
  readonly events: readonly InventoryEvent[];
}

/**
 * Absorbs sightings of one service. The rows depend on the multiset of all sightings, not on their order or on how
 * they were cut into batches; only the events tell the story in the order it was heard.
 */
export function absorb(
  known: ServiceState,
  sightings: readonly Sighting[],
  context: AbsorbContext,
): Absorbed {
  const working = open(known);
  if (regroupedFor.get(known) !== context.matcher) regroup(working, context.matcher);
  for (const { found, facts } of gather(sightings, context.matcher)) {
    update(working, working.byIdentity.get(identityKey(found)) ?? null, {
      found,
      facts,
      matcher: context.matcher,
    });
  }
  return close(known, working, { sightings, context });
}

/** The matcher a state was brought into line with: documents change rarely, sightings come all the time. */
const regroupedFor = new WeakMap<ServiceState, Matcher>();

interface Working {
  readonly endpoints: Map<string, Endpoint>;
  readonly byIdentity: Map<string, Endpoint>;
  readonly changed: Set<string>;
  readonly news: InventoryEvent[];
}

interface Heard {
  readonly found: Identified;
  readonly facts: Facts;
}

function open(known: ServiceState): Working {
  const endpoints = new Map(known.endpoints);
  const byIdentity = new Map<string, Endpoint>();
  for (const endpoint of endpoints.values()) byIdentity.set(identityKey(endpoint), endpoint);
  return { endpoints, byIdentity, changed: new Set(), news: [] };
}

/** Sightings of the same endpoint together. */
function gather(sightings: readonly Sighting[], matcher: Matcher): Iterable<Heard> {
  const heard = new Map<string, Heard>();
  for (const { key, facts } of sightings) {
    const found = identify(key, (asked) => matcher(asked.authority, asked.method, asked.path));
    const identity = identityKey(found);
    const held = heard.get(identity);
    heard.set(
      identity,
      held === undefined
        ? { found, facts }
        : { found: joinIdentified(held.found, found), facts: joinFacts(held.facts, facts) },
    );
  }
  return heard.values();
}

function update(
  working: Working,
  held: Endpoint | null,
  { found, facts, matcher }: Heard & { readonly matcher: Matcher },
): void {
  const joined = held === null ? found : joinIdentified(held, found);
  const total = held?.facts ? joinFacts(held.facts, facts) : facts;
  const match = matcher(joined.authority, joined.method, joined.path);
  const { endpoint, events } = apply(held, judge(joined, total, match));
  put(working, endpoint);
  working.news.push(...events);
}

function put(working: Working, endpoint: Endpoint): void {
  working.endpoints.set(endpoint.id, endpoint);
  working.byIdentity.set(identityKey(endpoint), endpoint);
  working.changed.add(endpoint.id);
}

function remove(working: Working, endpoint: Endpoint): void {
  working.endpoints.delete(endpoint.id);
  working.byIdentity.delete(identityKey(endpoint));
}

/** A document that came later may say that what was told apart is one template: such rows join. */
function regroup(working: Working, matcher: Matcher): void {
  const ids = [...working.endpoints.keys()].sort();
  for (const id of ids) {
    const endpoint = working.endpoints.get(id);
    if (endpoint === undefined || endpoint.facts === null || isOverflow(endpoint)) continue;
    const match = matcher(endpoint.authority, endpoint.method, endpoint.path);
    if (match.kind === "none" || skeletonOf(match.template) === skeletonOf(endpoint.path)) continue;
    move(working, endpoint, { facts: endpoint.facts, matcher });
  }
}

function move(
  working: Working,
  endpoint: Endpoint,
  { facts, matcher }: { readonly facts: Facts; readonly matcher: Matcher },
): void {
  const found = identify(keyOf(endpoint), (asked) => matcher(asked.authority, asked.method, asked.path));
  const target = working.byIdentity.get(identityKey(found)) ?? null;
  remove(working, endpoint);
  if (target?.facts && isOlder(target, endpoint)) {
    update(working, target, { found, facts, matcher });
    return;
  }
  if (target !== null) remove(working, target);
  // The older row lives on under its id, at its new place.
  const moved = { ...endpoint, path: found.path, parameters: found.parameters };
  update(working, { ...moved, facts: target?.facts ?? null }, { found: target ?? found, facts, matcher });
}

function isOlder(a: Endpoint, b: Endpoint): boolean {
  const [first, second] = [a.facts?.firstSeen ?? Infinity, b.facts?.firstSeen ?? Infinity];
  return first < second || (first === second && a.id < b.id);
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

function close(
  known: ServiceState,
  working: Working,
  { sightings, context }: { readonly sightings: readonly Sighting[]; readonly context: AbsorbContext },
): Absorbed {
  const limited = withinLimits(working.endpoints, context.limits ?? LIMITS);
  const service = withSightings(known.service, sightings);
  const state: ServiceState = { service, endpoints: limited.endpoints };
  regroupedFor.set(state, context.matcher);
  const changed = [...new Set([...working.changed, ...limited.grown])];
  const discovered = service !== null && known.service === null ? [serviceDiscovered(service)] : [];
  return {
    state,
    services: service === null ? [] : [service],
    endpoints: changed.flatMap((id) => limited.endpoints.get(id) ?? []),
    removedEndpointIds: [...known.endpoints.keys()].filter((id) => !limited.endpoints.has(id)),
    events: [
      ...discovered,
      ...working.news.filter((event) => !("endpointId" in event) || limited.endpoints.has(event.endpointId)),
    ],
  };
}
