// A commit as every store keeps it: text that identifies a row is cut so that an index entry holds it.
import type { Spec } from "../model/document.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { Endpoint, InventoryEvent, Service } from "../model/inventory.ts";
import { addHealth } from "./add-health.ts";
import { cleanCopy, cleanText, wholeCount, wholeMs } from "./clean.ts";
import type { Route } from "../model/route.ts";
import { routeText } from "../model/route.ts";
import { boundedKey, routeId } from "./keys.ts";
import type { Commit, GroupingRow, Redirect, RouteRow } from "./store.ts";

/** What a row is found by: without NUL, and of bounded length. */
export function storableKey(text: string): string {
  return boundedKey(cleanText(text));
}

export function storableSpec(spec: Spec): Spec {
  return { ...cleanCopy(spec), id: storableKey(spec.id), uploadedAt: wholeMs(spec.uploadedAt) };
}

/** Each row once, by its key; of several in one commit the last counts, reports add up. */
export interface Rows {
  readonly services: ReadonlyMap<string, Service>;
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly removedEndpointIds: readonly string[];
  readonly events: ReadonlyMap<string, InventoryEvent>;
  readonly health: ReadonlyMap<string, CaptureHealth>;
  readonly grouping: GroupingRows;
}

export interface GroupingRows {
  readonly routes: ReadonlyMap<string, KeptRoute>;
  readonly removedRoutes: readonly Omit<KeptRoute, "route">[];
  readonly services: ReadonlyMap<string, GroupingRow>;
  readonly redirects: ReadonlyMap<string, Redirect>;
  /** Endpoints split off others, to those others. */
  readonly splits: ReadonlyMap<string, string>;
  /** Endpoints of this commit: no redirect may stand in their place. */
  readonly endpointIds: readonly string[];
}

export function storableRows(commit: Commit): Rows {
  return {
    services: byKey(commit.services.map(storableService), ({ authority }) => authority),
    endpoints: byKey(commit.endpoints.map(storableEndpoint), ({ id }) => id),
    removedEndpointIds: commit.removedEndpointIds.map(storableKey),
    events: byKey(commit.events.map(storableEvent), ({ id }) => id),
    health: joined(commit.health),
    grouping: groupingRows(commit),
  };
}

function groupingRows({ grouping, endpoints }: Commit): GroupingRows {
  const { routes = [], removedRoutes = [], services = [], redirects = [], splits = [] } = grouping ?? {};
  return {
    routes: byKey(routes.map(storableRoute), ({ authority, id }) => `${authority} ${id}`),
    removedRoutes: removedRoutes.map(({ authority, text }) => ({
      authority: storableKey(authority),
      id: routeId(text),
    })),
    services: byKey(services.map(storableAuthority), ({ authority }) => authority),
    redirects: byKey(redirects.map(storableRedirect), ({ id }) => id),
    splits: new Map(splits.map(({ id, from }) => [storableKey(id), storableKey(from)])),
    endpointIds: grouping === undefined ? [] : endpoints.map(({ id }) => storableKey(id)),
  };
}

export interface KeptRoute {
  readonly authority: string;
  readonly id: string;
  readonly route: Route;
}

function storableRoute({ authority, route }: RouteRow): KeptRoute {
  return { authority: storableKey(authority), id: routeId(routeText(route)), route };
}

function storableAuthority<T extends { readonly authority: string }>(row: T): T {
  return { ...row, authority: storableKey(row.authority) };
}

function storableRedirect(redirect: Redirect): Redirect {
  const { id, target, method, path, at } = redirect;
  return {
    ...storableAuthority(redirect),
    id: storableKey(id),
    target: storableKey(target),
    at: wholeMs(at),
    method: storableKey(method),
    path: cleanText(path),
  };
}

function byKey<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [key(row), row]));
}

function storableService({ authority, firstSeen, lastSeen, requests }: Service): Service {
  return {
    authority: storableKey(authority),
    firstSeen: wholeMs(firstSeen),
    lastSeen: wholeMs(lastSeen),
    requests: wholeCount(requests),
  };
}

function storableEndpoint(endpoint: Endpoint): Endpoint {
  const { id, authority, method } = endpoint;
  return {
    ...endpoint,
    id: storableKey(id),
    authority: storableKey(authority),
    method: storableKey(method),
  };
}

function storableEvent(event: InventoryEvent): InventoryEvent {
  const common = { id: storableKey(event.id), authority: storableKey(event.authority) };
  if (!("endpointId" in event)) return { ...event, ...common };
  return {
    ...event,
    ...common,
    endpointId: storableKey(event.endpointId),
    method: storableKey(event.method),
  };
}

function joined(reports: readonly CaptureHealth[]): ReadonlyMap<string, CaptureHealth> {
  const sums = new Map<string, CaptureHealth>();
  for (const { from, to, ...report } of reports) {
    const collector = storableKey(report.collector);
    const heard = { from: from === null ? null : wholeMs(from), to: to === null ? null : wholeMs(to) };
    sums.set(collector, addHealth(sums.get(collector), { ...report, ...heard, collector }));
  }
  return sums;
}
