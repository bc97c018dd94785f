// Lists of the inventory in memory, page by page, in the orders and by the filters that PostgreSQL has.
import type { Spec } from "../model/document.ts";
import { withDecidedAi } from "../model/decided-ai.ts";
import type { Governance } from "../model/governance.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { Endpoint, InventoryEvent, Service } from "../model/inventory.ts";
import { isHeardApi, isShadowApi, looksAi } from "../model/inventory.ts";
import { wholeMs } from "./clean.ts";
import type { Place } from "./cursor.ts";
import { decodeCursor, encodeCursor, limitOf, pageOf } from "./cursor.ts";
import { endpointMatches } from "./matches.ts";
import type { EndpointKeys } from "./endpoint-row.ts";
import { SORT_KEYS } from "./endpoint-row.ts";
import { compareText } from "./keys.ts";
import type { GroupingTables } from "./memory-grouping.ts";
import * as groups from "./memory-grouping.ts";
import type {
  EndpointFilter,
  EndpointSort,
  EventFilter,
  Page,
  PageRequest,
  ServiceSummary,
  StoredEndpoint,
} from "./store.ts";

export interface Held {
  readonly endpoint: Endpoint;
  readonly keys: EndpointKeys;
  readonly owner: string | null;
}

export interface State {
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

export function servicePage(state: State, page: PageRequest): Page<ServiceSummary> {
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

export function endpointPage(
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
  const { ai: aiDecision = null, decision = "unreviewed" } = decisions.get(endpoint.id) ?? {};
  const shown = withDecidedAi(endpoint, { ai: aiDecision });
  const row = { endpoint: shown, owner, ...(aiDecision !== null && { aiDecision }) };
  return { endpoint: shown, owner, decision, row, keys: { ...keys, aiVerdict: shown.ai.verdict } };
}

export function eventPage(state: State, filter: EventFilter, page: PageRequest): Page<InventoryEvent> {
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
