// Routes, pins and redirects in memory: what grouping keeps, and how ids and owners survive it.
import type { InventoryEvent, ServiceGrouping } from "../model/inventory.ts";
import type { StoredPin } from "../model/pin.ts";
import type { GroupingSketch, Route } from "../model/route.ts";
import { cleanCopy } from "./clean.ts";
import { compareText } from "./keys.ts";
import type { GroupingRows } from "./storable.ts";
import { storableKey } from "./storable.ts";
import { eventMatches } from "./matches.ts";
import type { EventFilter, PinChange, StoredRedirect } from "./store.ts";

interface HeldService {
  readonly version: number;
  readonly answered: boolean;
  readonly sketch: GroupingSketch;
  readonly remembered: readonly string[];
}

export interface GroupingTables {
  /** By authority, then by id. */
  readonly routes: Map<string, Map<string, Route>>;
  readonly services: Map<string, HeldService>;
  readonly pins: Map<string, StoredPin>;
  readonly redirects: Map<string, StoredRedirect>;
}

export function emptyGrouping(): GroupingTables {
  return { routes: new Map(), services: new Map(), pins: new Map(), redirects: new Map() };
}

/** Owners as they are before and after the rows of a commit are written. */
export interface Owners {
  get(endpointId: string): string | null;
  set(endpointId: string, owner: string): void;
}

/** Redirects, with the owners of the endpoints that are about to go. */
export function beforeRows(tables: GroupingTables, { redirects }: GroupingRows, owners: Owners): void {
  for (const [id, redirect] of redirects) {
    const owner = owners.get(id) ?? tables.redirects.get(id)?.owner ?? null;
    tables.redirects.set(id, { ...redirect, owner });
  }
}

/** Owners go with what was merged or split; no redirect leads to another, or away from an endpoint that is there. */
export function afterRows(tables: GroupingTables, rows: GroupingRows, owners: Owners): void {
  for (const [id, old] of tables.redirects) {
    const next = rows.redirects.get(old.target);
    if (next !== undefined) tables.redirects.set(id, { ...old, target: next.target });
  }
  const made = [...rows.redirects.keys()].flatMap((id) => tables.redirects.get(id) ?? []);
  for (const { target, owner } of made.sort((a, b) => a.at - b.at || compareText(a.id, b.id))) {
    if (owner !== null && owners.get(target) === null) owners.set(target, owner);
  }
  for (const id of rows.endpointIds) tables.redirects.delete(id);
  for (const [id, from] of rows.splits) {
    const owner = owners.get(from);
    if (owner !== null && owners.get(id) === null) owners.set(id, owner);
  }
}

export function writeGrouping(tables: GroupingTables, rows: GroupingRows): void {
  for (const { authority, id } of rows.removedRoutes) tables.routes.get(authority)?.delete(id);
  for (const { authority, id, route } of rows.routes.values()) {
    const routes = tables.routes.get(authority) ?? new Map<string, Route>();
    tables.routes.set(authority, routes.set(id, cleanCopy(route)));
  }
  for (const [authority, { answered, sketch, remembered }] of rows.services) {
    const version = (tables.services.get(authority)?.version ?? 0) + 1;
    tables.services.set(authority, { version, answered, ...cleanCopy({ sketch, remembered }) });
  }
}

export function groupingOf(
  tables: GroupingTables,
  authority: string,
): { readonly grouping?: ServiceGrouping } {
  const held = tables.services.get(authority);
  if (held === undefined) return {};
  const routes = [...(tables.routes.get(authority) ?? [])].sort(([a], [b]) => compareText(a, b));
  return { grouping: { ...held, routes: routes.map(([, route]) => route) } };
}

export function groupingSince(
  tables: GroupingTables,
  authority: string,
  known: number | null,
): ServiceGrouping | "same" | null {
  const { grouping } = groupingOf(tables, storableKey(authority));
  return grouping !== undefined && grouping.version === known ? "same" : (grouping ?? null);
}

/** Whether the change says anything new. */
export function isNews({ pins }: GroupingTables, { add, removeId }: PinChange): boolean {
  if (add !== undefined && !pins.has(storableKey(add.id))) return true;
  return removeId !== undefined && pins.has(storableKey(removeId));
}

/** Whether the services are as they were when the regrouping began. */
export function isCurrent({ services }: GroupingTables, { regrouped, version }: PinChange): boolean {
  const touched = regrouped.grouping?.services ?? [];
  return touched.every(({ authority }) => (services.get(storableKey(authority))?.version ?? 0) === version);
}

export function changePin({ pins }: GroupingTables, { add, removeId }: PinChange): void {
  if (removeId !== undefined) pins.delete(storableKey(removeId));
  if (add === undefined) return;
  const id = storableKey(add.id);
  pins.set(id, { ...cleanCopy(add), id, authority: storableKey(add.authority) });
}

export function pinsOf({ pins }: GroupingTables): readonly StoredPin[] {
  return [...pins.values()].sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id));
}

export function redirectsTo({ redirects }: GroupingTables, target: string): readonly StoredRedirect[] {
  return [...redirects.values()]
    .filter((redirect) => redirect.target === target)
    .sort((a, b) => compareText(a.id, b.id));
}

export function unanswered({ services }: GroupingTables, limit: number): readonly string[] {
  return [...services]
    .filter(([, { answered }]) => !answered)
    .map(([authority]) => authority)
    .sort(compareText)
    .slice(0, limit);
}

/** Events of endpoints that became part of the one asked for are among its own. */
export function eventTest(tables: GroupingTables, filter: EventFilter): (event: InventoryEvent) => boolean {
  const { endpointId, ...others } = filter;
  if (endpointId === undefined) return (event) => eventMatches(event, filter);
  const own = storableKey(endpointId);
  const ids = new Set([own, ...redirectsTo(tables, own).map(({ id }) => id)]);
  return (event) => "endpointId" in event && ids.has(event.endpointId) && eventMatches(event, others);
}
