// The inventory in memory, for tests and for a classifier without a database; keeps the same contract as PostgreSQL.
import type { Spec } from "../model/document.ts";
import type { Endpoint } from "../model/inventory.ts";
import { addHealth } from "./add-health.ts";
import { cleanCopy, cleanText } from "./clean.ts";
import { createMemoryGovernance } from "./governance-memory.ts";
import { createMemoryArchive } from "./report-archive-memory.ts";
import { keysOf } from "./endpoint-row.ts";
import { compareText } from "./keys.ts";
import type { Said } from "./memory-grouping.ts";
import * as groups from "./memory-grouping.ts";
import type { Held, State } from "./memory-pages.ts";
import { endpointPage, eventPage, servicePage } from "./memory-pages.ts";
import { storableKey, storableRows, storableSpec } from "./storable.ts";
import type {
  Commit,
  CommitResult,
  FadedVerdict,
  FoundEndpoint,
  InventoryStore,
  PinChange,
} from "./store.ts";

/** An empty inventory of its own. Rows are copied on the way in. */
export function createMemoryStore(): InventoryStore {
  const state: State = {
    services: new Map(),
    endpoints: new Map(),
    events: new Map(),
    health: new Map(),
    positions: new Map(),
    specs: new Map(),
    grouping: groups.emptyGrouping(),
    decisions: new Map(),
    revision: 0,
  };
  // Each method does its work before it first waits, so nothing can come in between.
  const governance = createMemoryGovernance({ ...saidOf(state), isThere: (id) => state.endpoints.has(id) });
  return { ...writes(state), ...reads(state), ...LIFE, governance, reports: createMemoryArchive() };
}

const LIFE = { ping: async () => undefined, close: async () => undefined };

type Writes = Pick<
  InventoryStore,
  "commit" | "addSpec" | "removeSpec" | "changePins" | "regroup" | "rejudge" | "fadeVerdicts"
>;

function writes(state: State): Writes {
  return {
    commit: async (commit) => stale(state, commit) ?? write(state, commit, observe),
    async addSpec(spec, source, judged) {
      const kept = storableSpec(spec);
      if (state.specs.has(kept.id)) return "committed";
      const refusal = stale(state, judged);
      if (refusal) return refusal;
      state.specs.set(kept.id, { spec: kept, source: cleanText(source) });
      state.revision += 1;
      return write(state, judged, judge);
    },
    async removeSpec(id, judged) {
      if (!state.specs.has(id)) return "committed";
      const refusal = stale(state, judged);
      if (refusal) return refusal;
      state.specs.delete(id);
      state.revision += 1;
      return write(state, judged, judge);
    },
    changePins: async (change) =>
      groups.isNews(state.grouping, change) ? regroup(state, change) : "committed",
    regroup: async (change) => regroup(state, change),
    rejudge: async (judged) => stale(state, judged) ?? write(state, judged, judge),
    fadeVerdicts: async (faded) => faded.flatMap((one) => fade(state, one)),
  };
}

function regroup(state: State, change: PinChange): CommitResult {
  const refusal = stale(state, change.regrouped);
  if (refusal) return refusal;
  if (!groups.isCurrent(state.grouping, change)) return "stale-offset";
  groups.changePins(state.grouping, change);
  state.revision += 1;
  return write(state, change.regrouped, observe);
}

/** By its own id, or by one of an endpoint it took in. */
function found({ endpoints, grouping }: State, id: string): Held | undefined {
  return endpoints.get(id) ?? endpoints.get(grouping.redirects.get(id)?.target ?? "");
}

function saidOf(state: State): Said {
  return {
    decisions: state.decisions,
    owner: (id) => state.endpoints.get(id)?.owner ?? null,
    setOwner: (id, owner) => setOwner(state, id, owner),
  };
}

function setOwner({ endpoints }: State, id: string, owner: string | null): void {
  const held = endpoints.get(id);
  const kept = owner === null ? null : storableKey(owner);
  if (held) endpoints.set(id, { ...held, owner: kept });
}

function stale(state: State, commit: Commit): Exclude<CommitResult, "committed"> | null {
  if (commit.specRevision !== null && commit.specRevision !== state.revision) return "stale-specs";
  if (commit.position === null) return null;
  const { topic, partition } = commit.position;
  const stored = state.positions.get(`${topic}/${partition}`) ?? null;
  return stored === commit.expectedOffset ? null : "stale-offset";
}

/** How endpoints of a commit meet the rows that are there. */
interface RowRules {
  upsert(known: Held | undefined, endpoint: Endpoint): Held;
  mayRemove(known: Held | undefined): boolean;
}

const observe: RowRules = {
  upsert: (known, endpoint) => ({ endpoint, keys: keysOf(endpoint), owner: known?.owner ?? null }),
  mayRemove: () => true,
};

/** A spec's change judges from rows read earlier: what traffic added since must stay. */
const judge: RowRules = {
  upsert(known, endpoint) {
    if (!known) return observe.upsert(known, endpoint);
    if ((known.endpoint.facts === null) !== (endpoint.facts === null)) return known;
    const { standing, standingReason, specIds } = endpoint;
    return { ...known, endpoint: { ...known.endpoint, standing, standingReason, specIds } };
  },
  mayRemove: (known) => known?.endpoint.facts === null,
};

function fade(state: State, { endpoint, event }: FadedVerdict): readonly string[] {
  const held = state.endpoints.get(endpoint.id);
  if (held === undefined || held.keys.lastSeen !== keysOf(endpoint).lastSeen) return [];
  const { ai } = cleanCopy(endpoint);
  state.endpoints.set(endpoint.id, observe.upsert(held, { ...held.endpoint, ai }));
  state.events.set(event.id, cleanCopy(event));
  return [endpoint.id];
}

function write(state: State, commit: Commit, rows: RowRules): CommitResult {
  const { position } = commit;
  const { services, endpoints, removedEndpointIds, events, health, grouping } = storableRows(commit);
  groups.beforeRows(state.grouping, grouping, saidOf(state));
  for (const id of removedEndpointIds)
    if (rows.mayRemove(state.endpoints.get(id))) state.endpoints.delete(id);
  for (const [authority, service] of services) state.services.set(authority, service);
  for (const [id, endpoint] of endpoints)
    state.endpoints.set(id, rows.upsert(state.endpoints.get(id), cleanCopy(endpoint)));
  groups.afterRows(state.grouping, grouping, saidOf(state));
  groups.writeGrouping(state.grouping, grouping);
  for (const [id, event] of events) if (!state.events.has(id)) state.events.set(id, cleanCopy(event));
  for (const [collector, report] of health)
    state.health.set(collector, addHealth(state.health.get(collector), cleanCopy(report)));
  if (position) state.positions.set(`${position.topic}/${position.partition}`, position.offset);
  return "committed";
}

function reads(
  state: State,
): Omit<InventoryStore, keyof Writes | keyof typeof LIFE | "governance" | "reports"> {
  return {
    position: async (topic, partition) => state.positions.get(`${topic}/${partition}`) ?? null,
    async serviceState(authority) {
      const kept = storableKey(authority);
      const endpoints = [...state.endpoints.values()].filter(({ endpoint }) => endpoint.authority === kept);
      return {
        service: state.services.get(kept) ?? null,
        endpoints: new Map(endpoints.map(({ endpoint }) => [endpoint.id, endpoint])),
        ...groups.groupingOf(state.grouping, kept),
      };
    },
    async specs() {
      const specs = [...state.specs.values()].map(({ spec }) => spec);
      const order = (a: Spec, b: Spec): number => a.uploadedAt - b.uploadedAt || compareText(a.id, b.id);
      return { revision: state.revision, specs: specs.sort(order), pins: groups.pinsOf(state.grouping) };
    },
    specSource: async (id) => state.specs.get(id)?.source ?? null,
    services: async (page) => servicePage(state, page),
    endpoints: async (filter, sort, page) => endpointPage(state, { filter, sort, page }),
    grouping: async (authority, known) => groups.groupingSince(state.grouping, authority, known),
    unanswered: async (limit) => groups.unanswered(state.grouping, limit),
    endpoint: async (id) => foundEndpoint(state, id),
    event: async (id) => state.events.get(storableKey(id)) ?? null,
    events: async (filter, page) => eventPage(state, filter, page),
    health: async () => [...state.health.values()].sort((a, b) => compareText(a.collector, b.collector)),
  };
}

function foundEndpoint(state: State, id: string): FoundEndpoint | null {
  const held = found(state, id);
  if (held === undefined) return null;
  const { endpoint, owner } = held;
  const redirectedFrom = state.endpoints.has(id) ? null : id;
  const merged = groups.redirectsTo(state.grouping, endpoint.id, state.decisions);
  return { endpoint, owner, redirectedFrom, merged };
}
