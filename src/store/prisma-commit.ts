// Stop 8: one commit as a handful of statements, however many rows it has.
import type { CaptureHealth } from "../model/health.ts";
import type { Endpoint, InventoryEvent, Service } from "../model/inventory.ts";
import { wholeMs } from "./clean.ts";
import { keysOf } from "./endpoint-row.ts";
import { Prisma } from "./generated/client.ts";
import { chunksOf, rowsOf } from "./json-rows.ts";
import type { Transaction } from "./prisma-client.ts";
import { beforeRows, afterRows, writeGrouping } from "./prisma-grouping.ts";
import type { Rows } from "./storable.ts";
import { storableKey, storableRows } from "./storable.ts";
import type { Commit, CommitResult } from "./store.ts";

/** "observed" rows are the whole truth of a partition's owner; "judged" ones carry new standings only. */
export type Mode = "observed" | "judged";

/** Refuses a commit made from outdated knowledge; takes the row locks that keep the knowledge current. */
export async function checkCommit(tx: Transaction, commit: Commit, mode: Mode): Promise<CommitResult> {
  const lock = mode === "judged" ? Prisma.sql`for update` : Prisma.sql`for share`;
  const [row] = await tx.$queryRaw<{ revision: number }[]>`
    select revision from spec_revision where id = 1 ${lock}`;
  if (commit.specRevision !== null && (row?.revision ?? 0) !== commit.specRevision) return "stale-specs";
  return (await moveOffset(tx, commit)) === 1 ? "committed" : "stale-offset";
}

/** Compares and sets in one statement: of two committers the second waits for the first, then finds it moved. */
function moveOffset(tx: Transaction, { position, expectedOffset }: Commit): Promise<number> | 1 {
  if (position === null) return 1;
  const { topic, partition, offset } = position;
  return expectedOffset === null
    ? tx.$executeRaw`
        insert into partition_offsets (topic, "partition", "offset")
        values (${storableKey(topic)}, ${partition}, ${offset}) on conflict do nothing`
    : tx.$executeRaw`
        update partition_offsets set "offset" = ${offset}
        where topic = ${storableKey(topic)} and "partition" = ${partition} and "offset" = ${expectedOffset}`;
}

/** Writes everything but the offset, which `checkCommit` has moved. */
export async function writeCommit(tx: Transaction, commit: Commit, mode: Mode): Promise<void> {
  const { services, endpoints, removedEndpointIds, events, health, grouping } = storableRows(commit);
  await beforeRows(tx, grouping);
  await removeEndpoints(tx, removedEndpointIds, mode);
  await writeServices(tx, services);
  await writeEndpoints(tx, endpoints, mode);
  await afterRows(tx, grouping);
  await writeGrouping(tx, grouping);
  await writeEvents(tx, events);
  await writeHealth(tx, health);
}

async function removeEndpoints(tx: Transaction, ids: readonly string[], mode: Mode): Promise<void> {
  if (ids.length === 0) return;
  const judged = mode === "judged" ? Prisma.sql`and facts is null` : Prisma.empty;
  await tx.$executeRaw`delete from endpoints where id = any(${ids}::text[]) ${judged}`;
}

const SERVICE_COLUMNS = "authority text, first_seen timestamptz, last_seen timestamptz, requests bigint";

async function writeServices(tx: Transaction, services: Rows["services"]): Promise<void> {
  const record = ({ authority, firstSeen, lastSeen, requests }: Service): object => ({
    authority,
    first_seen: iso(firstSeen),
    last_seen: iso(lastSeen),
    requests,
  });
  for (const lines of chunksOf(services, record)) {
    await tx.$executeRaw`
      insert into services (authority, first_seen, last_seen, requests)
      select authority, first_seen, last_seen, requests from ${rowsOf(lines, SERVICE_COLUMNS)}
      on conflict (authority) do update set
        first_seen = excluded.first_seen, last_seen = excluded.last_seen, requests = excluded.requests`;
  }
}

function endpointRecord(endpoint: Endpoint): object {
  const keys = keysOf(endpoint);
  return {
    id: endpoint.id,
    authority: endpoint.authority,
    method: endpoint.method,
    path: endpoint.path,
    parameters: endpoint.parameters,
    protocol: endpoint.protocol,
    style: endpoint.style,
    operation: endpoint.operation,
    category: endpoint.category,
    confidence: endpoint.confidence,
    standing: endpoint.standing,
    standing_reason: endpoint.standingReason,
    spec_ids: endpoint.specIds,
    ai: endpoint.ai,
    facts: endpoint.facts,
    carved: endpoint.carved ?? null,
    ai_verdict: keys.aiVerdict,
    auth_schemes: keys.authSchemes,
    data_classes: keys.dataClasses,
    first_seen: iso(keys.firstSeen),
    last_seen: iso(keys.lastSeen),
    requests: keys.requests,
    path_order: keys.pathOrder,
  };
}

const ENDPOINT_COLUMNS = {
  id: "text",
  authority: "text",
  method: "text",
  path: "text",
  parameters: "jsonb",
  protocol: "text",
  style: "text",
  operation: "text",
  category: "text",
  confidence: "text",
  standing: "text",
  standing_reason: "text",
  spec_ids: "text[]",
  ai: "jsonb",
  facts: "jsonb",
  carved: "jsonb",
  ai_verdict: "text",
  auth_schemes: "text[]",
  data_classes: "text[]",
  first_seen: "timestamptz",
  last_seen: "timestamptz",
  requests: "bigint",
  path_order: "text",
} as const;

const names = Object.keys(ENDPOINT_COLUMNS);
const typed = Object.entries(ENDPOINT_COLUMNS).map(([name, type]) => `${name} ${type}`);
const set = (columns: readonly string[]): string =>
  columns.map((name) => `${name} = excluded.${name}`).join(", ");
const COLUMNS = Prisma.raw(names.join(", "));
const TYPED_COLUMNS = typed.join(", ");
const ON_CONFLICT = {
  observed: Prisma.raw(set(names.filter((name) => name !== "id"))),
  // A spec's change judges from rows read earlier: what traffic added since must stay.
  judged: Prisma.raw(
    `${set(["standing", "standing_reason", "spec_ids"])}
     where (endpoints.facts is null) = (excluded.facts is null)`,
  ),
};

/** `owner` is not among the columns, so it survives. */
async function writeEndpoints(tx: Transaction, endpoints: Rows["endpoints"], mode: Mode): Promise<void> {
  for (const lines of chunksOf(endpoints, endpointRecord)) {
    await tx.$executeRaw`
      insert into endpoints (${COLUMNS}) select ${COLUMNS} from ${rowsOf(lines, TYPED_COLUMNS)}
      on conflict (id) do update set ${ON_CONFLICT[mode]}`;
  }
}

const EVENT_COLUMNS = "id text, at timestamptz, type text, authority text, endpoint_id text, event jsonb";

export async function writeEvents(tx: Transaction, events: Rows["events"]): Promise<void> {
  const record = (event: InventoryEvent): object => ({
    id: event.id,
    at: iso(wholeMs(event.at)),
    type: event.type,
    authority: event.authority,
    endpoint_id: "endpointId" in event ? event.endpointId : null,
    event,
  });
  for (const lines of chunksOf(events, record)) {
    await tx.$executeRaw`
      insert into inventory_events (id, at, type, authority, endpoint_id, event)
      select id, at, type, authority, endpoint_id, event from ${rowsOf(lines, EVENT_COLUMNS)}
      on conflict (id) do nothing`;
  }
}

const HEALTH_COLUMNS =
  "collector text, heard_from timestamptz, heard_to timestamptz, counters jsonb, weirds jsonb";

async function writeHealth(tx: Transaction, health: Rows["health"]): Promise<void> {
  const record = ({ from, to, ...report }: CaptureHealth): object => ({
    ...report,
    heard_from: from === null ? null : iso(from),
    heard_to: to === null ? null : iso(to),
  });
  for (const lines of chunksOf(health, record)) {
    await tx.$executeRaw`
      insert into capture_health as h (collector, heard_from, heard_to, counters, weirds)
      select collector, heard_from, heard_to, counters, weirds from ${rowsOf(lines, HEALTH_COLUMNS)}
      on conflict (collector) do update set
        heard_from = least(h.heard_from, excluded.heard_from),
        heard_to = greatest(h.heard_to, excluded.heard_to),
        counters = ${added("counters")}, weirds = ${added("weirds")}`;
  }
}

/** Sum, name by name, of the stored and the new column. */
function added(column: "counters" | "weirds"): Prisma.Sql {
  return Prisma.raw(`(
    select coalesce(jsonb_object_agg(name, total), '{}') from (
      select name, sum(value::numeric) as total from (
        select * from jsonb_each_text(h.${column}) as old (name, value)
        union all select * from jsonb_each_text(excluded.${column}) as new (name, value)
      ) as both_reports group by name
    ) as sums)`);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
