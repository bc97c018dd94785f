// Routes, pins and redirects in PostgreSQL: what grouping keeps, and how ids and owners survive it.
import type { ServiceGrouping } from "../model/inventory.ts";
import type { Pin, StoredPin } from "../model/pin.ts";
import type { GroupingSketch, Route } from "../model/route.ts";
import { chunksOf, rowsOf } from "./json-rows.ts";
import type { Database, Transaction } from "./prisma-client.ts";
import type { GroupingRows, KeptRoute } from "./storable.ts";
import { storableKey } from "./storable.ts";
import type { GroupingRow, Redirect, StoredRedirect } from "./store.ts";

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

/** Owners go with what was merged or split; no redirect leads to another, or away from an endpoint that is there. */
export async function afterRows(tx: Transaction, grouping: GroupingRows): Promise<void> {
  const { redirects, splits, endpointIds } = grouping;
  if (redirects.size > 0) {
    const ids = [...redirects.keys()];
    await tx.$executeRaw`
      update redirects as old set target = new.target from redirects as new
      where new.id = any(${ids}::text[]) and old.target = new.id`;
    await tx.$executeRaw`
      update endpoints set owner = heirs.owner
      from (select distinct on (target) target, owner from redirects
            where id = any(${ids}::text[]) and owner is not null order by target, at, id) as heirs
      where endpoints.id = heirs.target and endpoints.owner is null`;
  }
  if (endpointIds.length > 0) {
    await tx.$executeRaw`delete from redirects where id = any(${[...endpointIds]}::text[])`;
  }
  if (splits.size > 0) {
    await tx.$executeRaw`
      update endpoints set owner = origin.owner
      from unnest(${[...splits.keys()]}::text[], ${[...splits.values()]}::text[]) as split (id, origin)
      join endpoints as origin on origin.id = split.origin
      where endpoints.id = split.id and endpoints.owner is null`;
  }
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
  return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
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

export async function changePin(
  tx: Transaction,
  change: { readonly add?: StoredPin; readonly removeId?: string },
): Promise<void> {
  const { add, removeId } = change;
  if (removeId !== undefined) await tx.pin.deleteMany({ where: { id: storableKey(removeId) } });
  if (add !== undefined) {
    const { id, authority, createdAt, by, pin } = add;
    const data = { authority: storableKey(authority), createdAt: new Date(createdAt), pin: { ...pin, by } };
    await tx.pin.create({ data: { id: storableKey(id), ...data } });
  }
}

/** Whether the change says anything new. */
export async function isNews(
  tx: Transaction,
  { add, removeId }: { readonly add?: StoredPin; readonly removeId?: string },
): Promise<boolean> {
  const added = add !== undefined && (await tx.pin.count({ where: { id: storableKey(add.id) } })) === 0;
  return (
    added || (removeId !== undefined && (await tx.pin.count({ where: { id: storableKey(removeId) } })) > 0)
  );
}
