// Stops 6 and 7 as one pure function: what is known of a service and what was heard give what is known now.
import { serviceDiscovered } from "../inventory/events.ts";
import type { Limits } from "../inventory/limits.ts";
import { LIMITS } from "../inventory/limits.ts";
import { withSightings } from "../inventory/service.ts";
import { growFacts } from "../model/facts.ts";
import type { Own } from "../model/grow.ts";
import { historyOf } from "../model/history.ts";
import { ownCopy } from "../model/grow.ts";
import type { Endpoint, InventoryEvent, Service, ServiceGrouping, ServiceState } from "../model/inventory.ts";
import type { Pin } from "../model/pin.ts";
import type { Facts, Sighting } from "../model/sighting.ts";
import type { Matcher } from "../openapi/match.ts";
import type { GroupingChange } from "../store/store.ts";
import { isAnswered } from "./admission.ts";
import type { Plan } from "./plan.ts";
import { regroup } from "./regroup.ts";
import type { Working } from "./regroup.ts";
import type { ServiceIndex } from "./service-index.ts";
import { leaveIndex, takeIndex } from "./service-index.ts";
import { addClosed, settle, settleOverflows } from "./settle.ts";

export interface AbsorbContext {
  readonly matcher: Matcher;
  /** Path templates of documents that speak for the service. */
  readonly documentTemplates?: readonly string[];
  /** Of the service, oldest first. */
  readonly pins?: readonly Pin[];
  readonly limits?: Limits;
  /** Keep what each endpoint does day by day, so that drift can be told. */
  readonly history?: boolean;
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
  readonly grouping: GroupingChange;
  /** How often its paths got half the room, because there were too many of them. */
  readonly narrowings: number;
}

const NO_TEMPLATES: readonly string[] = [];
const NO_PINS: readonly Pin[] = [];

/**
 * Absorbs sightings of one service. Templates and counts depend on the multiset of all sightings, not on their order or
 * on how they were cut into batches; only the events, and the ids that follow from them, tell the story as it was heard.
 */
export function absorb(
  known: ServiceState,
  sightings: readonly Sighting[],
  {
    matcher,
    documentTemplates = NO_TEMPLATES,
    pins = NO_PINS,
    limits = LIMITS,
    history = false,
  }: AbsorbContext,
): Absorbed {
  const service = withSightings(known.service, sightings);
  if (service === null) return NOTHING;
  const { authority } = service;
  const index = takeIndex(known, { authority, limits, matcher, grouping: { documentTemplates, pins } });
  const open = sightings.filter(({ key }) => key.protocol !== "tls");
  index.hear(open);
  const plan = index.decide(known.grouping?.remembered ?? []);
  const working = workingOn(index, plan);
  regroup(working);
  const { heard, surplus } = gather(open, plan, history);
  for (const planned of plan.own.values()) settle(working, planned, heard.get(planned.identity));
  settleOverflows(working, surplus);
  for (const one of sightings) addClosed(working, one, matcher);
  return result({ known, service, working, sightings });
}

const NOTHING: Absorbed = {
  state: { service: null, endpoints: new Map() },
  services: [],
  endpoints: [],
  removedEndpointIds: [],
  events: [],
  grouping: { routes: [], removedRoutes: [], services: [], redirects: [], splits: [] },
  narrowings: 0,
};

function workingOn(index: ServiceIndex, plan: Plan): Working {
  return {
    index,
    plan,
    news: [],
    redirects: [],
    splits: [],
    moved: new Set(),
    origins: [],
    folded: new Map(),
  };
}

// Templates of a service's first day follow from its traffic alone; later ones hold on to what was decided before.
const INERTIA_AFTER_MS = 86_400_000;

/** Under way: `sum` is null while there is one sighting, whose facts are not ours to grow. */
interface Gathered {
  readonly first: Facts;
  sum: Own<Facts> | null;
}

function gatherInto(sums: Map<string, Gathered>, key: string, facts: Facts): void {
  const held = sums.get(key);
  if (held === undefined) sums.set(key, { first: facts, sum: null });
  else held.sum = growFacts(held.sum ?? ownCopy(held.first), facts);
}

function gathered(sums: Map<string, Gathered>): ReadonlyMap<string, Facts> {
  return new Map(Array.from(sums, ([key, { first, sum }]) => [key, sum ?? first]));
}

/** Sightings of the same template together, and those of the same overflow row. */
function gather(sightings: readonly Sighting[], plan: Plan, history: boolean) {
  const heard = new Map<string, Gathered>();
  const surplus = new Map<string, Gathered>();
  for (const { key, facts: told } of sightings) {
    const place = plan.placeOf(key);
    // Days follow from each sighting's own time, so that batches may be cut anywhere.
    const facts = history ? { ...told, history: historyOf(told) } : told;
    if (typeof place === "string") gatherInto(heard, place, facts);
    else gatherInto(surplus, place.id, facts);
  }
  return { heard: gathered(heard), surplus: gathered(surplus) };
}

interface Ending {
  readonly known: ServiceState;
  readonly service: Service;
  readonly working: Working;
  readonly sightings: readonly Sighting[];
}

function result({ known, service, working, sightings }: Ending): Absorbed {
  const { index, news, redirects, splits } = working;
  const grouping = groupingAfter({ known, service, working, sightings });
  const state: ServiceState = { service, endpoints: index.snapshot(), grouping };
  leaveIndex(state, index);
  const discovered = known.service === null ? [serviceDiscovered(service)] : [];
  const kept = news.filter((event) => !("endpointId" in event) || state.endpoints.has(event.endpointId));
  const { authority } = service;
  const { written, removed } = index.routes.takeChanges();
  const { answered, sketch, remembered } = grouping;
  return {
    state,
    services: [service],
    endpoints: index.changed(),
    removedEndpointIds: index.removedFrom(known),
    events: [...discovered, ...kept],
    grouping: {
      routes: written.map((route) => ({ authority, route })),
      removedRoutes: removed.map((text) => ({ authority, text })),
      services: [{ authority, answered, sketch, remembered }],
      redirects: redirects.filter(({ id }) => known.endpoints.has(id)),
      splits,
    },
    narrowings: sketch.halvings - (known.grouping?.sketch.halvings ?? 0),
  };
}

function groupingAfter({ known, service, working, sightings }: Ending): ServiceGrouping {
  const { index, plan } = working;
  const { grouping } = known;
  const { firstSeen, lastSeen } = service;
  return {
    version: (grouping?.version ?? 0) + 1,
    answered: grouping?.answered === true || isAnswered(sightings),
    routes: [...index.routes.rows()],
    sketch: index.routes.sketch(),
    remembered: lastSeen - firstSeen < INERTIA_AFTER_MS ? [] : plan.set.remembered(),
  };
}
