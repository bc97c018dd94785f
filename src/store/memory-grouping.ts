// Routes, pins and redirects in memory: what grouping keeps, and how ids and owners survive it.
import { idsOf, movedGovernance } from "../model/governance-moves.ts";
import type { Governance } from "../model/governance.ts";
import type { InventoryEvent, ServiceGrouping } from "../model/inventory.ts";
import type { StoredPin } from "../model/pin.ts";
import type { GroupingSketch, Route } from "../model/route.ts";
import { cleanCopy } from "./clean.ts";
import { compareText } from "./keys.ts";
import type { GroupingRows } from "./storable.ts";
import { storableKey } from "./storable.ts";
import { eventMatches } from "./matches.ts";
import type { EventFilter, PinChange, Redirect, StoredRedirect } from "./store.ts";

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
  readonly redirects: Map<string, HeldRedirect>;
}

type HeldRedirect = Redirect & Pick<StoredRedirect, "owner">;

export function emptyGrouping(): GroupingTables {
  return { routes: new Map(), services: new Map(), pins: new Map(), redirects: new Map() };
}

/** Owners and decisions as they are before and after the rows of a commit are written. */
export interface Said {
  readonly decisions: Map<string, Governance>;
  owner(endpointId: string): string | null;
  setOwner(endpointId: string, owner: string | null): void;
}

/** Redirects, with the owners of the endpoints that are about to go. */
export function beforeRows(tables: GroupingTables, { redirects }: GroupingRows, said: Said): void {
  for (const [id, redirect] of redirects) {
    const owner = said.owner(id) ?? tables.redirects.get(id)?.owner ?? null;
    tables.redirects.set(id, { ...redirect, owner });
  }
}

/**
 * Owners and decisions go with what was merged or split, and back with what is itself again; no redirect leads to another,
 * or away from an endpoint that is there.
 */
export function afterRows(tables: GroupingTables, rows: GroupingRows, said: Said): void {
  for (const [id, old] of tables.redirects) {
    const next = rows.redirects.get(old.target);
    if (next !== undefined) tables.redirects.set(id, { ...old, target: next.target });
  }
  const made = [...rows.redirects.keys()].flatMap((id) => tables.redirects.get(id) ?? []);
  const merged = made.sort((a, b) => a.at - b.at || compareText(a.id, b.id));
  for (const { target, owner } of merged)
    if (owner !== null && said.owner(target) === null) said.setOwner(target, owner);
  const returned = rows.endpointIds.flatMap((id) => tables.redirects.get(id) ?? []);
  for (const { id, owner } of returned) {
    tables.redirects.delete(id);
    said.setOwner(id, owner);
  }
  const back = new Set(returned.map(({ id }) => id));
  const splits = [...rows.splits].flatMap(([id, from]) => (back.has(id) ? [] : [{ id, from }]));
  for (const { id, from } of splits) if (said.owner(id) === null) said.setOwner(id, said.owner(from));
  const moves = { merged, returned, splits };
  const held = new Map(idsOf(moves).flatMap((id) => entry(id, said.decisions.get(id))));
  for (const row of movedGovernance(held, moves)) said.decisions.set(row.endpointId, row);
}

function entry<V>(id: string, value: V | undefined): readonly (readonly [string, V])[] {
  return value === undefined ? [] : [[id, value]];
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
export function isNews({ pins }: GroupingTables, { add = [], removeId }: PinChange): boolean {
  if (add.some(({ id }) => !pins.has(storableKey(id)))) return true;
  return removeId !== undefined && pins.has(storableKey(removeId));
}

/** Whether the services are as they were when the regrouping began. */
export function isCurrent({ services }: GroupingTables, { regrouped, version }: PinChange): boolean {
  const touched = regrouped.grouping?.services ?? [];
  return touched.every(({ authority }) => (services.get(storableKey(authority))?.version ?? 0) === version);
}

export function changePins({ pins }: GroupingTables, { add = [], removeId }: PinChange): void {
  if (removeId !== undefined) pins.delete(storableKey(removeId));
  for (const pin of add) {
    const id = storableKey(pin.id);
    if (!pins.has(id)) pins.set(id, { ...cleanCopy(pin), id, authority: storableKey(pin.authority) });
  }
}

export function pinsOf({ pins }: GroupingTables): readonly StoredPin[] {
  return [...pins.values()].sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id));
}

export function redirectsTo(
  { redirects }: GroupingTables,
  target: string,
  decisions: ReadonlyMap<string, Governance>,
): readonly StoredRedirect[] {
  return [...redirects.values()]
    .filter((redirect) => redirect.target === target)
    .sort((a, b) => compareText(a.id, b.id))
    .map((redirect) => {
      const { decision = null, ai = null } = decisions.get(redirect.id) ?? {};
      return { ...redirect, decision, ai };
    });
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
  const merged = [...tables.redirects.values()].filter(({ target }) => target === own);
  const ids = new Set([own, ...merged.map(({ id }) => id)]);
  return (event) => "endpointId" in event && ids.has(event.endpointId) && eventMatches(event, others);
}
