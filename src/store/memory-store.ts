// The inventory in memory, for tests and for a classifier without a database; keeps the same contract as PostgreSQL.
import type { Spec } from "../model/document.ts";
import { withDecidedAi } from "../model/decided-ai.ts";
import type { Governance } from "../model/governance.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { Endpoint, InventoryEvent, Service } from "../model/inventory.ts";
import { isHeardApi, isShadowApi, looksAi } from "../model/inventory.ts";
import { addHealth } from "./add-health.ts";
import { cleanCopy, cleanText, wholeMs } from "./clean.ts";
import type { Place } from "./cursor.ts";
import { decodeCursor, encodeCursor, limitOf, pageOf } from "./cursor.ts";
import { endpointMatches } from "./matches.ts";
import { createMemoryGovernance } from "./governance-memory.ts";
import { createMemoryArchive } from "./report-archive-memory.ts";
import type { EndpointKeys } from "./endpoint-row.ts";
import { keysOf, SORT_KEYS } from "./endpoint-row.ts";
import { compareText } from "./keys.ts";
import type { GroupingTables, Owners } from "./memory-grouping.ts";
import * as groups from "./memory-grouping.ts";
import { storableKey, storableRows, storableSpec } from "./storable.ts";
import type {
  Commit,
  CommitResult,
  EndpointFilter,
  EndpointSort,
  EventFilter,
  FoundEndpoint,
  InventoryStore,
  Page,
  PageRequest,
  ServiceSummary,
  StoredEndpoint,
} from "./store.ts";

interface Held {
  readonly endpoint: Endpoint;
  readonly keys: EndpointKeys;
  readonly owner: string | null;
}

interface State {
  readonly services: Map<string, Service>;
  readonly endpoints: Map<string, Held>;
  readonly events: Map<string, InventoryEvent>;
  readonly health: Map<string, CaptureHealth>;
  readonly positions: Map<string, bigint>;
  readonly specs: Map<string, { readonly spec: Spec; readonly source: string }>;
  readonly grouping: GroupingTables;
  /** By endpoint. */
  readonly decisions: Map<string, Governance>;
  revision: number;
}

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
  const governance = createMemoryGovernance((id, owner) => setOwner(state, id, owner), state.decisions);
  return { ...writes(state), ...reads(state), ...LIFE, governance, reports: createMemoryArchive() };
}

const LIFE = { ping: async () => undefined, close: async () => undefined };

type Writes = Pick<InventoryStore, "commit" | "addSpec" | "removeSpec" | "changePins" | "rejudge">;

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
    async changePins(change) {
      const { grouping } = state;
      if (!groups.isNews(grouping, change)) return "committed";
      const refusal = stale(state, change.regrouped);
      if (refusal) return refusal;
      if (!groups.isCurrent(grouping, change)) return "stale-offset";
      groups.changePin(grouping, change);
      state.revision += 1;
      return write(state, change.regrouped, observe);
    },
    rejudge: async (judged) => stale(state, judged) ?? write(state, judged, judge),
  };
}

/** By its own id, or by one of an endpoint it took in. */
function found({ endpoints, grouping }: State, id: string): Held | undefined {
  return endpoints.get(id) ?? endpoints.get(grouping.redirects.get(id)?.target ?? "");
}

function ownersOf(state: State): Owners {
  return {
    get: (id) => state.endpoints.get(id)?.owner ?? null,
    set: (id, owner) => setOwner(state, id, owner),
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

function write(state: State, commit: Commit, rows: RowRules): CommitResult {
  const { position } = commit;
  const { services, endpoints, removedEndpointIds, events, health, grouping } = storableRows(commit);
  groups.beforeRows(state.grouping, grouping, ownersOf(state));
  for (const id of removedEndpointIds)
    if (rows.mayRemove(state.endpoints.get(id))) state.endpoints.delete(id);
  for (const [authority, service] of services) state.services.set(authority, service);
  for (const [id, endpoint] of endpoints)
    state.endpoints.set(id, rows.upsert(state.endpoints.get(id), cleanCopy(endpoint)));
  groups.afterRows(state.grouping, grouping, ownersOf(state));
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
  return { endpoint, owner, redirectedFrom, merged: groups.redirectsTo(state.grouping, endpoint.id) };
}

function servicePage(state: State, page: PageRequest): Page<ServiceSummary> {
  const from = decodeCursor<string>("services", "string", page.cursor);
  const rows = [...state.services.values()]
    .filter(({ authority }) => from === null || compareText(authority, from.key) > 0)
    .sort((a, b) => compareText(a.authority, b.authority));
  return pageOf(rows.slice(0, limitOf(page) + 1), page, {
    cursor: ({ authority }) => encodeCursor("services", { key: authority, id: "" }),
    item: (service) => ({ ...service, ...counts(state, service.authority) }),
  });
}

function counts(state: State, authority: string): Pick<ServiceSummary, "endpoints" | "shadow" | "ai"> {
  const all = Array.from(state.endpoints.values(), (held) => decided(state, held).endpoint);
  const own = all.filter((endpoint) => endpoint.authority === authority);
  return {
    endpoints: own.filter(isHeardApi).length,
    shadow: own.filter(isShadowApi).length,
    ai: own.filter(looksAi).length,
  };
}

function endpointPage(
  state: State,
  { filter, sort, page }: { filter: EndpointFilter; sort: EndpointSort; page: PageRequest },
): Page<StoredEndpoint> {
  type At = Place<string | number>;
  const place = ({ keys, endpoint }: Held): At => ({ key: keys[SORT_KEYS[sort]], id: endpoint.id });
  const sign = sort.startsWith("-") ? -1 : 1;
  const order = (a: At, b: At): number => sign * (compareKey(a.key, b.key) || compareText(a.id, b.id));
  const from = decodeCursor<string | number>(sort, sign < 0 ? "number" : "string", page.cursor);
  const rows = Array.from(state.endpoints.values(), (held) => decided(state, held))
    .filter((held) => endpointMatches(held, filter) && (from === null || order(place(held), from) > 0))
    .sort((a, b) => order(place(a), place(b)));
  return pageOf(rows, page, {
    cursor: (held) => encodeCursor(sort, place(held)),
    item: ({ row }) => row,
  });
}

/** With what a person said of the AI verdict. */
function decided({ decisions }: State, { endpoint, keys, owner }: Held) {
  const aiDecision = decisions.get(endpoint.id)?.ai ?? null;
  const shown = withDecidedAi(endpoint, { ai: aiDecision });
  const row = { endpoint: shown, owner, ...(aiDecision !== null && { aiDecision }) };
  return { endpoint: shown, owner, row, keys: { ...keys, aiVerdict: shown.ai.verdict } };
}

function eventPage(state: State, filter: EventFilter, page: PageRequest): Page<InventoryEvent> {
  const place = ({ at, id }: InventoryEvent): Place<number> => ({ key: wholeMs(at), id });
  const newest = (a: Place<number>, b: Place<number>): number => b.key - a.key || compareText(b.id, a.id);
  const from = decodeCursor<number>("events", "number", page.cursor);
  const matches = groups.eventTest(state.grouping, filter);
  const rows = [...state.events.values()]
    .filter((event) => matches(event) && (from === null || newest(place(event), from) > 0))
    .sort((a, b) => newest(place(a), place(b)));
  return pageOf(rows, page, {
    cursor: (event) => encodeCursor("events", place(event)),
    item: (event) => event,
  });
}

function compareKey(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b));
}
