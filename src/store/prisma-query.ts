// Pages of endpoints, events and services in SQL. Every value is a parameter; keysets, so that inserts shift nothing.
import type { Endpoint, InventoryEvent, Service } from "../model/inventory.ts";
import { decidedVerdict, withDecidedAi } from "../model/decided-ai.ts";
import type { AiDecision } from "../model/governance.ts";
import { AI_DECISIONS } from "../model/governance.ts";
import { cleanText, wholeMs } from "./clean.ts";
import type { Place } from "./cursor.ts";
import { decodeCursor, encodeCursor, limitOf, pageOf } from "./cursor.ts";
import { keysOf, SORT_KEYS } from "./endpoint-row.ts";
import { Prisma } from "./generated/client.ts";
import type { Database } from "./prisma-client.ts";
import { storableKey } from "./storable.ts";
import type {
  EndpointFilter,
  EndpointSort,
  EventFilter,
  Page,
  PageRequest,
  ServiceSummary,
  StoredEndpoint,
} from "./store.ts";

/** The columns an endpoint is made of, by Prisma's names. */
export type EndpointRecord = {
  readonly [K in keyof Omit<Endpoint, "carved">]: Endpoint[K] extends string ? string : unknown;
} & { readonly owner: string | null; readonly carved: unknown };

export function endpointOf({ owner, carved, ...columns }: EndpointRecord): StoredEndpoint {
  // The columns were written from an `Endpoint`, field by field.
  return { endpoint: { ...columns, ...(carved !== null && { carved }) } as Endpoint, owner };
}

function decidedEndpoint({
  aiDecision,
  ...record
}: EndpointRecord & { readonly aiDecision: AiDecision | null }): StoredEndpoint {
  const stored = endpointOf(record);
  if (aiDecision === null) return stored;
  return { ...stored, endpoint: withDecidedAi(stored.endpoint, { ai: aiDecision }), aiDecision };
}

/** What a person decided about the AI verdict of a row of `endpoints`; null while the evidence decides. */
const DECISION = Prisma.sql`(select document->>'ai' from said where kind = 'governance' and said.id = endpoints.id)`;

const ENDPOINT = Prisma.sql`id, authority, method, path, parameters, protocol, style, operation, category, confidence,
  standing, standing_reason as "standingReason", spec_ids as "specIds", ai, facts, carved, owner`;

const ORDERS: Readonly<
  Record<
    EndpointSort,
    { readonly order: Prisma.Sql; readonly after: (place: Place<string | number>) => Prisma.Sql }
  >
> = {
  path: {
    order: Prisma.sql`path_order, id`,
    after: ({ key, id }) => Prisma.sql`(path_order, id) > (${key}, ${id})`,
  },
  "-first_seen": {
    order: Prisma.sql`first_seen desc, id desc`,
    after: ({ key, id }) => Prisma.sql`(first_seen, id) < (${time(Number(key))}, ${id})`,
  },
  "-last_seen": {
    order: Prisma.sql`last_seen desc, id desc`,
    after: ({ key, id }) => Prisma.sql`(last_seen, id) < (${time(Number(key))}, ${id})`,
  },
  "-requests": {
    order: Prisma.sql`requests desc, id desc`,
    after: ({ key, id }) => Prisma.sql`(requests, id) < (${key}::bigint, ${id})`,
  },
};

export async function endpointPage(
  db: Database,
  { filter, sort, page }: { filter: EndpointFilter; sort: EndpointSort; page: PageRequest },
): Promise<Page<StoredEndpoint>> {
  const { order, after } = ORDERS[sort];
  const from = decodeCursor<string | number>(sort, sort === "path" ? "string" : "number", page.cursor);
  const conditions = [...endpointConditions(filter), ...(from ? [after(from)] : [])];
  const rows = await db.$queryRaw<Parameters<typeof decidedEndpoint>[0][]>`
    select ${ENDPOINT}, ${DECISION} as "aiDecision" from endpoints ${where(conditions)} order by ${order} limit ${limitOf(page) + 1}`;
  return pageOf(rows.map(decidedEndpoint), page, {
    cursor: ({ endpoint }) => encodeCursor(sort, { key: keysOf(endpoint)[SORT_KEYS[sort]], id: endpoint.id }),
    item: (stored) => stored,
  });
}

function where(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join([...conditions], " and ")}`;
}

/** One condition per given field: the compiler finds a filter without its SQL. */
const ENDPOINT_CONDITIONS: {
  readonly [K in keyof EndpointFilter]-?: (wanted: NonNullable<EndpointFilter[K]>) => Prisma.Sql;
} = {
  authority: (text) => Prisma.sql`authority = ${storableKey(text)}`,
  method: (text) => Prisma.sql`method = ${storableKey(text)}`,
  pathText: (text) => Prisma.sql`path ilike ${`%${likeLiteral(cleanText(text))}%`}`,
  standing: (name) => Prisma.sql`standing = ${cleanText(name)}`,
  confidence: (name) => Prisma.sql`confidence = ${cleanText(name)}`,
  category: (name) => Prisma.sql`category = ${cleanText(name)}`,
  ai: (verdicts) => Prisma.sql`(
    (ai_verdict = any(${verdicts.map(cleanText)}::text[]) and ${DECISION} is null)
    or id in (select id from said where kind = 'governance'
      and document->>'ai' = any(${AI_DECISIONS.filter((one) => verdicts.includes(decidedVerdict(one)))}::text[])))`,
  dataClass: (name) => Prisma.sql`data_classes @> array[${cleanText(name)}]::text[]`,
  auth: (name) => Prisma.sql`auth_schemes @> array[${cleanText(name)}]::text[]`,
  owner: (text) => Prisma.sql`owner = ${storableKey(text)}`,
  owned: (is) => (is ? Prisma.sql`owner is not null` : Prisma.sql`owner is null`),
  decision: (name) =>
    name === "unreviewed"
      ? Prisma.sql`id not in (select id from said where kind = 'governance' and document->>'decision' <> ${cleanText(name)})`
      : Prisma.sql`id in (select id from said where kind = 'governance' and document->>'decision' = ${cleanText(name)})`,
  quiet: ({ since, is }) =>
    Prisma.sql`(facts is not null and confidence <> 'noise' and last_seen <= ${time(since)}) = ${is}`,
  firstSeenFrom: (ms) => Prisma.sql`facts is not null and first_seen >= ${time(ms)}`,
  firstSeenTo: (ms) => Prisma.sql`facts is not null and first_seen <= ${time(ms)}`,
  lastSeenFrom: (ms) => Prisma.sql`facts is not null and last_seen >= ${time(ms)}`,
  lastSeenTo: (ms) => Prisma.sql`facts is not null and last_seen <= ${time(ms)}`,
};

function endpointConditions(filter: EndpointFilter): Prisma.Sql[] {
  return conditionsOf(ENDPOINT_CONDITIONS, filter);
}

const EVENT_CONDITIONS: {
  readonly [K in keyof EventFilter]-?: (wanted: NonNullable<EventFilter[K]>) => Prisma.Sql;
} = {
  authority: (text) => Prisma.sql`authority = ${storableKey(text)}`,
  endpointId: (id) => Prisma.sql`endpoint_id = any(
    select ${storableKey(id)} union all select id from redirects where target = ${storableKey(id)})`,
  type: (name) => Prisma.sql`type = ${cleanText(name)}`,
  from: (ms) => Prisma.sql`at >= ${time(ms)}`,
  to: (ms) => Prisma.sql`at <= ${time(ms)}`,
};

function conditionsOf<F extends object>(
  table: { readonly [K in keyof F]-?: (wanted: NonNullable<F[K]>) => Prisma.Sql },
  filter: F,
): Prisma.Sql[] {
  const fields = Object.keys(table) as (keyof F)[];
  return fields.flatMap((field) => {
    const wanted = filter[field];
    return wanted === undefined || wanted === null ? [] : [table[field](wanted)];
  });
}

/** Text that LIKE takes as it is: its wildcards and its escape character lose their meaning. */
function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}

function time(ms: number): Prisma.Sql {
  return Prisma.sql`${new Date(wholeMs(ms)).toISOString()}::timestamptz`;
}

export async function eventPage(
  db: Database,
  filter: EventFilter,
  page: PageRequest,
): Promise<Page<InventoryEvent>> {
  const from = decodeCursor<number>("events", "number", page.cursor);
  const conditions = conditionsOf(EVENT_CONDITIONS, filter);
  if (from) conditions.push(Prisma.sql`(at, id) < (${time(from.key)}, ${from.id})`);
  const rows = await db.$queryRaw<{ id: string; event: InventoryEvent }[]>`
    select id, event from inventory_events ${where(conditions)}
    order by at desc, id desc limit ${limitOf(page) + 1}`;
  return pageOf(rows, page, {
    cursor: ({ id, event }) => encodeCursor("events", { key: wholeMs(event.at), id }),
    item: ({ event }) => event,
  });
}

interface SummaryRecord {
  readonly authority: string;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly requests: bigint;
  readonly endpoints: number;
  readonly shadow: number;
  readonly ai: number;
}

export async function servicePage(db: Database, page: PageRequest): Promise<Page<ServiceSummary>> {
  const from = decodeCursor<string>("services", "string", page.cursor);
  const rows = await db.$queryRaw<SummaryRecord[]>`
    with page as (
      select * from services ${from ? Prisma.sql`where authority > ${from.key}` : Prisma.empty}
      order by authority limit ${limitOf(page) + 1})
    select authority, first_seen as "firstSeen", last_seen as "lastSeen", requests, counts.*
    from page cross join lateral (
      select
        (count(*) filter (where standing <> 'orphan' and category = 'api' and confidence <> 'noise'))::int as endpoints,
        (count(*) filter (where standing = 'shadow' and category = 'api' and confidence <> 'noise'))::int as shadow,
        (count(*) filter (where coalesce(${DECISION}, case when ai_verdict in ('confirmed', 'likely') then 'ai' end)
          = 'ai'))::int as ai
      from endpoints where endpoints.authority = page.authority) as counts
    order by authority`;
  return pageOf(rows, page, {
    cursor: ({ authority }) => encodeCursor("services", { key: authority, id: "" }),
    item: ({ endpoints, shadow, ai, ...service }) => ({ ...serviceOf(service), endpoints, shadow, ai }),
  });
}

export function serviceOf(
  row: Pick<SummaryRecord, "authority" | "firstSeen" | "lastSeen" | "requests">,
): Service {
  return {
    authority: row.authority,
    firstSeen: row.firstSeen.getTime(),
    lastSeen: row.lastSeen.getTime(),
    requests: Number(row.requests),
  };
}
