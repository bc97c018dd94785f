// Decisions, teams, findings and deliveries in PostgreSQL.
import type { Delivery, FindingRecord, Governance, OwnerFile, Team } from "../model/governance.ts";
import { cleanCopy, cleanText, wholeMs } from "./clean.ts";
import { decodeCursor, encodeCursor, limitOf, pageOf } from "./cursor.ts";
import { Prisma } from "./generated/client.ts";
import type { FindingFilter, GovernanceStore } from "./governance-store.ts";
import type { Database, Transaction } from "./prisma-client.ts";
import { guarded, inTransaction } from "./prisma-client.ts";
import { storableKey } from "./storable.ts";
import type { Page, PageRequest } from "./page.ts";

export function createPrismaGovernance(db: Database): GovernanceStore {
  return { ...decisions(db), ...directories(db), ...findings(db), ...outbox(db) };
}

/** Documents of people, found by kind and id. */
type Kind = "governance" | "team" | "owner-file";

async function put(db: Database | Transaction, kind: Kind, rows: readonly (readonly [string, object])[]) {
  const lines = rows.map(([id, document]) => ({ id: storableKey(id), document: cleanCopy(document) }));
  await db.$executeRaw`
    insert into said (kind, id, document)
    select ${kind}, id, document from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(id text, document jsonb)
    on conflict (kind, id) do update set document = excluded.document`;
}

async function all<T>(db: Database, kind: Kind): Promise<readonly T[]> {
  const rows = await db.$queryRaw<
    { document: T }[]
  >`select document from said where kind = ${kind} order by id`;
  return rows.map(({ document }) => document);
}

async function drop(db: Database, kind: Kind, ids: readonly string[]): Promise<number> {
  return db.$executeRaw`delete from said where kind = ${kind} and id = any(${ids.map(storableKey)}::text[])`;
}

function decisions(
  db: Database,
): Pick<GovernanceStore, "governance" | "putGovernance" | "removeGovernance" | "putOwners"> {
  return {
    putOwners: (owners) =>
      guarded("owners", async () => {
        const lines = [...owners].map(([id, owner]) => ({
          id: storableKey(id),
          owner: owner === null ? null : storableKey(owner),
        }));
        await db.$executeRaw`
          update endpoints set owner = r.owner
          from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(id text, owner text)
          where endpoints.id = r.id and endpoints.owner is distinct from r.owner`;
      }),
    governance: (ids) =>
      guarded("decisions", async () => {
        const rows = await db.$queryRaw<{ document: Governance }[]>`
          select document from said where kind = 'governance' and id = any(${ids.map(storableKey)}::text[])`;
        return new Map(rows.map(({ document }) => [document.endpointId, document]));
      }),
    putGovernance: (rows) =>
      guarded("decisions", () =>
        put(
          db,
          "governance",
          rows.map((row) => [row.endpointId, row]),
        ),
      ),
    removeGovernance: (ids) =>
      guarded("decisions", async () => {
        await drop(db, "governance", ids);
      }),
  };
}

function directories(
  db: Database,
): Pick<
  GovernanceStore,
  "teams" | "putTeam" | "removeTeam" | "ownerFiles" | "putOwnerFile" | "removeOwnerFile"
> {
  return {
    teams: () => guarded("teams", () => all<Team>(db, "team")),
    putTeam: (team) => guarded("a team", () => put(db, "team", [[team.id, team]])),
    removeTeam: (id) => guarded("a team", async () => (await drop(db, "team", [id])) > 0),
    ownerFiles: () => guarded("owner files", () => all<OwnerFile>(db, "owner-file")),
    putOwnerFile: (file) => guarded("an owner file", () => put(db, "owner-file", [[file.name, file]])),
    removeOwnerFile: (name) =>
      guarded("an owner file", async () => (await drop(db, "owner-file", [name])) > 0),
  };
}

/** One condition per given field: the compiler finds a filter without its SQL. */
const CONDITIONS: {
  readonly [K in keyof FindingFilter]-?: (wanted: NonNullable<FindingFilter[K]>) => Prisma.Sql;
} = {
  authority: (text) => Prisma.sql`authority = ${storableKey(text)}`,
  endpointId: (id) => Prisma.sql`endpoint_id = ${storableKey(id)}`,
  rule: (rule) => Prisma.sql`rule = ${storableKey(rule)}`,
  severity: (name) => Prisma.sql`severity = ${cleanText(name)}`,
  state: (name) => Prisma.sql`state = ${cleanText(name)}`,
};

function findings(
  db: Database,
): Pick<GovernanceStore, "findings" | "finding" | "findingsOf" | "putFindings"> {
  return {
    findings: (filter, page) => guarded("findings", () => findingPage(db, filter, page)),
    finding: (id) =>
      guarded("a finding", async () => {
        const rows = await db.$queryRaw<{ record: FindingRecord }[]>`
          select record from findings where id = ${storableKey(id)}`;
        return rows[0]?.record ?? null;
      }),
    findingsOf: (ids) =>
      guarded("findings", async () => {
        const rows = await db.$queryRaw<{ record: FindingRecord }[]>`
          select record from findings where endpoint_id = any(${ids.map(storableKey)}::text[])`;
        return rows.map(({ record }) => record);
      }),
    putFindings: (records, deliveries) =>
      guarded("findings", () =>
        inTransaction(db, async (tx) => {
          await writeFindings(tx, records);
          await writeDeliveries(tx, deliveries, Prisma.sql`do nothing`);
        }),
      ),
  };
}

async function findingPage(
  db: Database,
  filter: FindingFilter,
  page: PageRequest,
): Promise<Page<FindingRecord>> {
  const from = decodeCursor<number>("findings", "number", page.cursor);
  const conditions = (Object.keys(CONDITIONS) as (keyof FindingFilter)[]).flatMap((field) => {
    const wanted = filter[field];
    return wanted === undefined ? [] : [(CONDITIONS[field] as (wanted: string) => Prisma.Sql)(wanted)];
  });
  if (from) conditions.push(Prisma.sql`(changed_at, id) < (${instant(from.key)}, ${from.id})`);
  const where =
    conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
  const rows = await db.$queryRaw<{ record: FindingRecord }[]>`
    select record from findings ${where} order by changed_at desc, id desc limit ${limitOf(page) + 1}`;
  return pageOf(
    rows.map(({ record }) => record),
    page,
    {
      cursor: ({ changedAt, id }) => encodeCursor("findings", { key: wholeMs(changedAt), id }),
      item: (record) => record,
    },
  );
}

const FINDING_COLUMNS = Prisma.raw(
  "id text, endpoint_id text, authority text, rule text, severity text, state text, changed_at timestamptz, record jsonb",
);

async function writeFindings(tx: Transaction, records: readonly FindingRecord[]): Promise<void> {
  if (records.length === 0) return;
  const lines = records.map((record) => ({
    id: storableKey(record.id),
    endpoint_id: storableKey(record.endpointId),
    authority: storableKey(record.authority),
    rule: storableKey(record.rule),
    severity: record.severity,
    state: record.state,
    changed_at: iso(record.changedAt),
    record: cleanCopy(record),
  }));
  await tx.$executeRaw`
    insert into findings (id, endpoint_id, authority, rule, severity, state, changed_at, record)
    select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(${FINDING_COLUMNS})
    on conflict (id) do update set severity = excluded.severity, state = excluded.state,
      changed_at = excluded.changed_at, record = excluded.record`;
}

function outbox(db: Database): Pick<GovernanceStore, "dueDeliveries" | "putDelivery" | "deliveries"> {
  return {
    dueDeliveries: (now, limit) =>
      guarded("deliveries", async () => {
        const rows = await db.$queryRaw<{ delivery: Delivery }[]>`
          select delivery from deliveries where state = 'pending' and next_at <= ${instant(now)}
          order by next_at, id limit ${limit}`;
        return rows.map(({ delivery }) => delivery);
      }),
    putDelivery: (delivery) =>
      guarded("a delivery", () =>
        writeDeliveries(
          db,
          [delivery],
          Prisma.sql`(id) do update set state = excluded.state, next_at = excluded.next_at,
            delivery = excluded.delivery`,
        ),
      ),
    deliveries: (state, page) => guarded("deliveries", () => deliveryPage(db, state, page)),
  };
}

async function writeDeliveries(
  db: Database | Transaction,
  deliveries: readonly Delivery[],
  conflict: Prisma.Sql,
): Promise<void> {
  if (deliveries.length === 0) return;
  const lines = deliveries.map((delivery) => ({
    id: storableKey(delivery.id),
    state: delivery.state,
    created_at: iso(delivery.createdAt),
    next_at: iso(delivery.nextAt),
    delivery: cleanCopy(delivery),
  }));
  await db.$executeRaw`
    insert into deliveries (id, state, created_at, next_at, delivery)
    select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as r(id text, state text, created_at timestamptz, next_at timestamptz, delivery jsonb)
    on conflict ${conflict}`;
}

async function deliveryPage(
  db: Database,
  state: Delivery["state"] | null,
  page: PageRequest,
): Promise<Page<Delivery>> {
  const from = decodeCursor<number>("deliveries", "number", page.cursor);
  const rows = await db.$queryRaw<{ delivery: Delivery }[]>`
    select delivery from deliveries
    where (${state}::text is null or state = ${state})
      ${from ? Prisma.sql`and (created_at, id) < (${instant(from.key)}, ${from.id})` : Prisma.empty}
    order by created_at desc, id desc limit ${limitOf(page) + 1}`;
  return pageOf(
    rows.map(({ delivery }) => delivery),
    page,
    {
      cursor: ({ createdAt, id }) => encodeCursor("deliveries", { key: wholeMs(createdAt), id }),
      item: (delivery) => delivery,
    },
  );
}

function iso(ms: number): string {
  return new Date(wholeMs(ms)).toISOString();
}

function instant(ms: number): Prisma.Sql {
  return Prisma.sql`${iso(ms)}::timestamptz`;
}
