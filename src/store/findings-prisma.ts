// Findings and what is told of them in PostgreSQL: written together, each turn once.
import type { Delivery, FindingRecord } from "../model/governance.ts";
import { cleanCopy, cleanText, wholeMs } from "./clean.ts";
import { decodeCursor, encodeCursor, limitOf, pageOf } from "./cursor.ts";
import { Prisma } from "./generated/client.ts";
import type { FindingFilter, GovernanceStore } from "./governance-store.ts";
import { isAsRead } from "./governance-store.ts";
import type { Page, PageRequest } from "./page.ts";
import type { Database, Transaction } from "./prisma-client.ts";
import { guarded, inTransaction } from "./prisma-client.ts";
import { storableKey } from "./storable.ts";

type OfFindings = "findings" | "finding" | "findingsOf" | "strays" | "putFindings";
type OfDeliveries = "takeDeliveries" | "putDelivery" | "deliveries";

export function createPrismaFindings(db: Database): Pick<GovernanceStore, OfFindings | OfDeliveries> {
  return { ...findings(db), ...outbox(db) };
}

const CONDITIONS: {
  readonly [K in keyof FindingFilter]-?: (wanted: NonNullable<FindingFilter[K]>) => Prisma.Sql;
} = {
  authority: (text) => Prisma.sql`authority = ${storableKey(text)}`,
  endpointId: (id) => Prisma.sql`endpoint_id = ${storableKey(id)}`,
  rule: (rule) => Prisma.sql`rule = ${storableKey(rule)}`,
  severity: (name) => Prisma.sql`severity = ${cleanText(name)}`,
  state: (name) => Prisma.sql`state = ${cleanText(name)}`,
};

function findings(db: Database): Pick<GovernanceStore, OfFindings> {
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
    strays: (limit) =>
      guarded("findings", async () => {
        const rows = await db.$queryRaw<{ id: string }[]>`
          select distinct endpoint_id as id from findings
          where state <> 'resolved' and not exists (select from endpoints where endpoints.id = findings.endpoint_id)
          order by endpoint_id limit ${limit}`;
        return rows.map(({ id }) => id);
      }),
    putFindings: (records, deliveries, read) =>
      guarded("findings", () =>
        inTransaction(db, async (tx) => {
          const overtaken = await writeRecords(tx, records, read);
          const told = deliveries.filter(({ news }) => !overtaken.has(news.finding.id));
          await writeDeliveries(tx, told, Prisma.sql`do nothing`);
          return [...overtaken];
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

const OVERWRITE = Prisma.sql`(id) do update set severity = excluded.severity, state = excluded.state,
  changed_at = excluded.changed_at, record = excluded.record`;

/** Rows are locked, and new ones inserted, in order of id: nobody waits in a circle. Gives ids of what is not written. */
async function writeRecords(
  tx: Transaction,
  records: readonly FindingRecord[],
  read: readonly FindingRecord[] | undefined,
): Promise<ReadonlySet<string>> {
  const sorted = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (read === undefined || sorted.length === 0) {
    await writeFindings(tx, sorted, OVERWRITE);
    return new Set();
  }
  const held = await lockFindings(tx, sorted);
  const before = new Map(read.map((record) => [record.id, record]));
  const current = sorted.filter(({ id }) => isAsRead(held.get(id), before.get(id)));
  const [known, added] = [true, false].map((isHeld) => current.filter(({ id }) => held.has(id) === isHeld));
  const written = new Set([
    ...(await writeFindings(tx, known ?? [], OVERWRITE)),
    ...(await writeFindings(tx, added ?? [], Prisma.sql`(id) do nothing`)),
  ]);
  return new Set(records.map(({ id }) => id).filter((id) => !written.has(storableKey(id))));
}

async function lockFindings(
  tx: Transaction,
  records: readonly FindingRecord[],
): Promise<ReadonlyMap<string, FindingRecord>> {
  const ids = records.map(({ id }) => storableKey(id));
  const rows = await tx.$queryRaw<{ record: FindingRecord }[]>`
    select record from findings where id = any(${ids}::text[]) order by id for update`;
  return new Map(rows.map(({ record }) => [record.id, record]));
}

/** Gives the ids of what was written. */
async function writeFindings(
  tx: Transaction,
  records: readonly FindingRecord[],
  conflict: Prisma.Sql,
): Promise<readonly string[]> {
  if (records.length === 0) return [];
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
  const written = await tx.$queryRaw<{ id: string }[]>`
    insert into findings (id, endpoint_id, authority, rule, severity, state, changed_at, record)
    select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(${FINDING_COLUMNS})
    on conflict ${conflict} returning id`;
  return written.map(({ id }) => id);
}

function outbox(db: Database): Pick<GovernanceStore, OfDeliveries> {
  return {
    takeDeliveries: (now, until, limit) =>
      guarded("deliveries", async () => {
        const rows = await db.$queryRaw<{ delivery: Delivery }[]>`
          with due as (
            select id, next_at from deliveries where state = 'pending' and next_at <= ${instant(now)}
            order by next_at, id limit ${limit} for update skip locked
          ), taken as (
            update deliveries set next_at = ${instant(until)} from due where deliveries.id = due.id
            returning deliveries.id, deliveries.delivery, due.next_at as due_at
          )
          select delivery from taken order by due_at, id`;
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
