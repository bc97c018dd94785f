// Stops 6 and 7 as one pure function: what is known of a service and what was heard give what is known now.
import { identify, judge } from "../classify/classify.ts";
import { apply } from "../inventory/apply.ts";
import { serviceDiscovered } from "../inventory/events.ts";
import type { Limits } from "../inventory/limits.ts";
import { isOverflow, LIMITS } from "../inventory/limits.ts";
import { withSightings } from "../inventory/service.ts";
import { joinIdentified } from "../model/classified.ts";
import type { Identified } from "../model/classified.ts";
import { growFacts, joinFacts } from "../model/facts.ts";
import type { Own } from "../model/grow.ts";
import { ownCopy } from "../model/grow.ts";
import { identityKey, skeletonOf } from "../model/identity.ts";
import type { Endpoint, InventoryEvent, Service, ServiceState } from "../model/inventory.ts";
import type { Facts, Sighting, SightingKey } from "../model/sighting.ts";
import type { Matcher } from "../openapi/match.ts";
import type { ServiceIndex } from "./service-index.ts";
import { leaveIndex, takeIndex } from "./service-index.ts";

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
  { matcher, limits = LIMITS }: AbsorbContext,
): Absorbed {
  const { index, regrouped } = takeIndex(known, { limits, matcher });
  const news: InventoryEvent[] = [];
  if (!regrouped) regroup({ index, matcher, news });
  for (const heard of gather(sightings, matcher)) {
    update({ index, matcher, news }, index.find(identityKey(heard.found)), heard);
  }
  index.limit();
  const service = withSightings(known.service, sightings);
  const state: ServiceState = { service, endpoints: index.snapshot() };
  leaveIndex(state, index);
  const discovered = service !== null && known.service === null ? [serviceDiscovered(service)] : [];
  const kept = news.filter((event) => !("endpointId" in event) || state.endpoints.has(event.endpointId));
  return {
    state,
    services: service === null ? [] : [service],
    endpoints: index.changed(),
    removedEndpointIds: index.removedFrom(known),
    events: [...discovered, ...kept],
  };
}

interface Working {
  readonly index: ServiceIndex;
  readonly matcher: Matcher;
  readonly news: InventoryEvent[];
}

interface Heard {
  readonly found: Identified;
  readonly facts: Facts;
}

/** Under way: `sum` is null while there is one sighting, whose facts are not ours to grow. */
interface Gathered {
  found: Identified;
  readonly first: Facts;
  sum: Own<Facts> | null;
}

/** Sightings of the same endpoint together. */
function gather(sightings: readonly Sighting[], matcher: Matcher): Iterable<Heard> {
  const heard = new Map<string, Gathered>();
  for (const { key, facts } of sightings) {
    const found = identify(key, (asked) => matcher(asked.authority, asked.method, asked.path));
    const identity = identityKey(found);
    const held = heard.get(identity);
    if (held === undefined) {
      heard.set(identity, { found, first: facts, sum: null });
      continue;
    }
    if (!isAlike(held.found, found)) held.found = joinIdentified(held.found, found);
    held.sum = growFacts(held.sum ?? ownCopy(held.first), facts);
  }
  return Array.from(heard.values(), ({ found, first, sum }) => ({ found, facts: sum ?? first }));
}

/** Nothing to join: the same template, of variables of the same classes. */
function isAlike(a: Identified, b: Identified): boolean {
  return (
    a.path === b.path &&
    a.protocol === b.protocol &&
    a.parameters.every(({ class: name, named }, index) => {
      const other = b.parameters[index];
      return name === other?.class && named === other.named;
    })
  );
}

function update({ index, matcher, news }: Working, held: Endpoint | null, { found, facts }: Heard): void {
  const joined = held === null ? found : joinIdentified(held, found);
  const total = held?.facts ? joinFacts(held.facts, facts) : facts;
  const match = matcher(joined.authority, joined.method, joined.path);
  const { endpoint, events } = apply(held, judge(joined, total, match));
  index.put(endpoint);
  news.push(...events);
}

/** A document that came later may say that what was told apart is one template: such rows join. */
function regroup(working: Working): void {
  const { index, matcher } = working;
  for (const id of [...index.ids()].sort()) {
    const endpoint = index.get(id);
    if (endpoint === undefined || endpoint.facts === null || isOverflow(endpoint)) continue;
    const match = matcher(endpoint.authority, endpoint.method, endpoint.path);
    if (match.kind === "none" || skeletonOf(match.template) === skeletonOf(endpoint.path)) continue;
    move(working, endpoint, endpoint.facts);
  }
}

function move(working: Working, endpoint: Endpoint, facts: Facts): void {
  const { index, matcher } = working;
  const found = identify(keyOf(endpoint), (asked) => matcher(asked.authority, asked.method, asked.path));
  const target = index.find(identityKey(found));
  index.remove(endpoint);
  if (target?.facts && isOlder(target, endpoint)) {
    update(working, target, { found, facts });
    return;
  }
  if (target !== null) index.remove(target);
  // The older row lives on under its id, at its new place.
  const moved = { ...endpoint, path: found.path, parameters: found.parameters };
  update(working, { ...moved, facts: target?.facts ?? null }, { found: target ?? found, facts });
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
