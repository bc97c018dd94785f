// Routes, pins and redirects in PostgreSQL: what grouping keeps, and how ids and owners survive it.
import { idsOf, movedGovernance } from "../model/governance-moves.ts";
import type { Moves } from "../model/governance-moves.ts";
import type { AiDecision, Decision, Governance } from "../model/governance.ts";
import type { ServiceGrouping } from "../model/inventory.ts";
import type { Pin, StoredPin } from "../model/pin.ts";
import type { GroupingSketch, Route } from "../model/route.ts";
import { putDecisions } from "./governance-prisma.ts";
import { chunksOf, rowsOf } from "./json-rows.ts";
import type { Database, Transaction } from "./prisma-client.ts";
import type { GroupingRows, KeptRoute } from "./storable.ts";
import { storableKey } from "./storable.ts";
import type { GroupingRow, PinChange, Redirect, StoredRedirect } from "./store.ts";

const REDIRECT_COLUMNS = "id text, authority text, target text, at timestamptz, method text, path text";

/** Redirects, with the owners of the endpoints that are about to go. */
export async function beforeRows(tx: Transaction, { redirects }: GroupingRows): Promise<void> {
  const record = ({ at, ...redirect }: Redirect): object => ({ ...redirect, at: new Date(at).toISOString() });
  for (const lines of chunksOf(redirects, record)) {
    await tx.$executeRaw`
      insert into redirects (id, authority, target, at, method, path, owner)
      select r.id, r.authority, r.target, r.at, r.method, r.path, endpoints.owner
      from ${rowsOf(lines, REDIRECT_COLUMNS)} left join endpoints on endpoints.id = r.id
      on conflict (id) do update set
        target = excluded.target, at = excluded.at, method = excluded.method, path = excluded.path,
        owner = coalesce(excluded.owner, redirects.owner)`;
  }
}

/**
 * Owners and decisions go with what was merged or split, and back with what is itself again; no redirect leads to another,
 * or away from an endpoint that is there.
 */
export async function afterRows(tx: Transaction, grouping: GroupingRows): Promise<void> {
  const { redirects, splits, endpointIds } = grouping;
  const merged = redirects.size === 0 ? [] : await handOn(tx, [...redirects.keys()]);
  const returned = endpointIds.length === 0 ? [] : await giveBack(tx, endpointIds);
  const back = new Set(returned.map(({ id }) => id));
  const fresh = [...splits].flatMap(([id, from]) => (back.has(id) ? [] : [{ id, from }]));
  if (fresh.length > 0) {
    await tx.$executeRaw`
      update endpoints set owner = origin.owner
      from unnest(${fresh.map(({ id }) => id)}::text[], ${fresh.map(({ from }) => from)}::text[]) as split (id, origin)
      join endpoints as origin on origin.id = split.origin
      where endpoints.id = split.id and endpoints.owner is null`;
  }
  await moveDecisions(tx, { merged, returned, splits: fresh });
}

/** Gives what was merged, in the order it was. */
async function handOn(tx: Transaction, ids: readonly string[]): Promise<Moves["merged"]> {
  await tx.$executeRaw`
    update redirects as old set target = new.target from redirects as new
    where new.id = any(${[...ids]}::text[]) and old.target = new.id`;
  await tx.$executeRaw`
    update endpoints set owner = heirs.owner
    from (select distinct on (target) target, owner from redirects
          where id = any(${[...ids]}::text[]) and owner is not null order by target, at, id) as heirs
    where endpoints.id = heirs.target and endpoints.owner is null`;
  return tx.$queryRaw`select id, target from redirects where id = any(${[...ids]}::text[]) order by at, id`;
}

/** Gives what was part of another, and is there again. */
async function giveBack(tx: Transaction, ids: readonly string[]): Promise<Moves["returned"]> {
  const returned = await tx.$queryRaw<{ id: string; target: string; owner: string | null }[]>`
    delete from redirects where id = any(${[...ids]}::text[]) returning id, target, owner`;
  if (returned.length === 0) return [];
  await tx.$executeRaw`
    update endpoints set owner = own.owner
    from unnest(${returned.map(({ id }) => id)}::text[], ${returned.map(({ owner }) => owner)}::text[])
      as own (id, owner) where endpoints.id = own.id`;
  return returned;
}

async function moveDecisions(tx: Transaction, moves: Moves): Promise<void> {
  const ids = idsOf(moves);
  if (ids.length === 0) return;
  const rows = await tx.$queryRaw<{ document: Governance }[]>`
    select document from said where kind = 'governance' and id = any(${[...ids]}::text[]) order by id for update`;
  if (rows.length === 0) return;
  const held = new Map(rows.map(({ document }) => [document.endpointId, document]));
  const moved = movedGovernance(held, moves);
  if (moved.length > 0) await putDecisions(tx, moved);
}

export async function writeGrouping(tx: Transaction, grouping: GroupingRows): Promise<void> {
  const { routes, removedRoutes, services } = grouping;
  if (removedRoutes.length > 0) {
    await tx.$executeRaw`
      delete from routes using unnest(
        ${removedRoutes.map(({ authority }) => authority)}::text[],
        ${removedRoutes.map(({ id }) => id)}::text[]) as gone (authority, id)
      where routes.authority = gone.authority and routes.id = gone.id`;
  }
  for (const lines of chunksOf(routes, (row: KeptRoute) => row)) {
    await tx.$executeRaw`
      insert into routes (authority, id, route)
      select authority, id, route from ${rowsOf(lines, "authority text, id text, route jsonb")}
      on conflict (authority, id) do update set route = excluded.route`;
  }
  const record = ({ authority, answered, sketch, remembered }: GroupingRow): object => ({
    authority,
    answered,
    grouping: { sketch, remembered },
  });
  for (const lines of chunksOf(services, record)) {
    await tx.$executeRaw`
      update services set answered = r.answered, grouping = r.grouping, version = services.version + 1
      from ${rowsOf(lines, "authority text, answered boolean, grouping jsonb")}
      where services.authority = r.authority`;
  }
}

/** The column "grouping" of a service. */
interface Kept {
  readonly sketch: GroupingSketch;
  readonly remembered: readonly string[];
}

/** Of a service that was heard since routes are kept. */
export async function groupingOf(
  tx: Transaction,
  authority: string,
): Promise<{ readonly grouping?: ServiceGrouping }> {
  const [service] = await tx.$queryRaw<
    { version: bigint; answered: boolean; grouping: Kept | null }[]
  >`select version, answered, grouping from services where authority = ${authority}`;
  if (service === undefined || service.grouping === null) return {};
  const rows = await tx.$queryRaw<{ route: Route }[]>`
    select route from routes where authority = ${authority} order by id`;
  const { version, answered, grouping } = service;
  return {
    grouping: {
      version: Number(version),
      answered,
      ...grouping,
      routes: rows.map(({ route }) => route),
    },
  };
}

/** All of one moment, unless nothing changed since `known`. */
export async function groupingSince(
  tx: Transaction,
  authority: string,
  known: number | null,
): Promise<ServiceGrouping | "same" | null> {
  const found = await tx.service.findUnique({ where: { authority }, select: { version: true } });
  if (found !== null && Number(found.version) === known) return "same";
  return (await groupingOf(tx, authority)).grouping ?? null;
}

/** 0 for a service that was not heard. The row stays as it is until the end of the transaction. */
export async function lockedVersion(tx: Transaction, authority: string): Promise<number> {
  const [service] = await tx.$queryRaw<{ version: bigint }[]>`
    select version from services where authority = ${storableKey(authority)} for update`;
  return Number(service?.version ?? 0);
}

export async function unanswered(db: Database, limit: number): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ authority: string }[]>`
    select authority from services where not answered order by authority limit ${limit}`;
  return rows.map(({ authority }) => authority);
}

/** The id of the endpoint that an id leads to: its own, unless it became part of another. */
export async function targetOf(db: Database, id: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ target: string }[]>`select target from redirects where id = ${id}`;
  return row?.target ?? null;
}

export async function redirectsTo(db: Database, target: string): Promise<readonly StoredRedirect[]> {
  const rows = await db.redirect.findMany({ where: { target }, orderBy: { id: "asc" } });
  const said = await db.$queryRaw<{ id: string; decision: Decision; ai: AiDecision | null }[]>`
    select id, document->>'decision' as decision, document->>'ai' as ai from said
    where kind = 'governance' and id = any(${rows.map(({ id }) => id)}::text[])`;
  const words = new Map(said.map(({ id, decision, ai }) => [id, { decision, ai }]));
  return rows.map(({ at, ...row }) => ({
    ...row,
    at: at.getTime(),
    ...(words.get(row.id) ?? { decision: null, ai: null }),
  }));
}

interface PinRecord {
  readonly id: string;
  readonly authority: string;
  readonly createdAt: Date;
  readonly pin: unknown;
}

export function pinOf({ createdAt, pin: kept, ...row }: PinRecord): StoredPin {
  // Written from a `Pin` and who said so.
  const { by = null, ...pin } = kept as Pin & { readonly by?: string | null };
  return { ...row, createdAt: createdAt.getTime(), by, pin };
}

type PinsChange = Pick<PinChange, "add" | "removeId">;

/** Of pins that are there, the ones held stay. */
export async function changePins(tx: Transaction, { add = [], removeId }: PinsChange): Promise<void> {
  if (removeId !== undefined) await tx.pin.deleteMany({ where: { id: storableKey(removeId) } });
  const data = add.map(({ id, authority, createdAt, by, pin }) => ({
    id: storableKey(id),
    authority: storableKey(authority),
    createdAt: new Date(createdAt),
    pin: { ...pin, by },
  }));
  if (data.length > 0) await tx.pin.createMany({ data, skipDuplicates: true });
}

/** Whether the change says anything new. */
export async function isNews(tx: Transaction, { add = [], removeId }: PinsChange): Promise<boolean> {
  const ids = [...new Set(add.map(({ id }) => storableKey(id)))];
  if (ids.length > 0 && (await tx.pin.count({ where: { id: { in: ids } } })) < ids.length) return true;
  return removeId !== undefined && (await tx.pin.count({ where: { id: storableKey(removeId) } })) > 0;
}
