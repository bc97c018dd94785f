// Stop 8: one commit as a handful of statements, however many rows it has.
import type { CaptureHealth } from "../model/health.ts";
import type { Endpoint, InventoryEvent } from "../model/inventory.ts";
import { addHealth } from "./add-health.ts";
import { cleanCopy, cleanJson, cleanText, wholeMs } from "./clean.ts";
import { keysOf, serviceRow } from "./endpoint-row.ts";
import { Prisma } from "./generated/client.ts";
import { boundedKey, compareText } from "./keys.ts";
import type { Transaction } from "./prisma-client.ts";
import type { Commit, CommitResult } from "./store.ts";

/** "observed" rows are the whole truth of a partition's owner; "judged" ones carry new standings only. */
export type Mode = "observed" | "judged";

/** Refuses a commit made from outdated knowledge; takes the row locks that keep the knowledge current. */
export async function checkCommit(tx: Transaction, commit: Commit, mode: Mode): Promise<CommitResult> {
  const lock = mode === "judged" ? Prisma.sql`for update` : Prisma.sql`for share`;
  const [row] = await tx.$queryRaw<{ revision: number }[]>`
    select revision from spec_revision where id = 1 ${lock}`;
  if ((row?.revision ?? 0) !== commit.specRevision) return "stale-specs";
  return (await moveOffset(tx, commit)) === 1 ? "committed" : "stale-offset";
}

/** Compares and sets in one statement: of two committers the second waits for the first, then finds it moved. */
function moveOffset(tx: Transaction, { position, expectedOffset }: Commit): Promise<number> | 1 {
  if (position === null) return 1;
  const { topic, partition, offset } = position;
  return expectedOffset === null
    ? tx.$executeRaw`
        insert into partition_offsets (topic, "partition", "offset")
        values (${cleanText(topic)}, ${partition}, ${offset}) on conflict do nothing`
    : tx.$executeRaw`
        update partition_offsets set "offset" = ${offset}
        where topic = ${cleanText(topic)} and "partition" = ${partition} and "offset" = ${expectedOffset}`;
}

/** Writes everything but the offset, which `checkCommit` has moved. */
export async function writeCommit(tx: Transaction, commit: Commit, mode: Mode): Promise<void> {
  await removeEndpoints(tx, commit.removedEndpointIds, mode);
  await writeServices(tx, commit);
  await writeEndpoints(tx, commit.endpoints, mode);
  await writeEvents(tx, commit.events);
  await writeHealth(tx, commit.health);
}

async function removeEndpoints(tx: Transaction, ids: readonly string[], mode: Mode): Promise<void> {
  if (ids.length === 0) return;
  const judged = mode === "judged" ? Prisma.sql`and facts is null` : Prisma.empty;
  await tx.$executeRaw`delete from endpoints where id = any(${ids.map(cleanText)}::text[]) ${judged}`;
}

async function writeServices(tx: Transaction, { services }: Commit): Promise<void> {
  const rows = cleanCopy(services).map(serviceRow);
  const records = rows.map((row) => ({
    key: boundedKey(row.authority),
    authority: row.authority,
    first_seen: iso(row.firstSeen),
    last_seen: iso(row.lastSeen),
    requests: row.requests,
  }));
  for (const json of jsonChunks(records, "key")) {
    await tx.$executeRaw`
      insert into services (key, authority, first_seen, last_seen, requests)
      select key, authority, first_seen, last_seen, requests
      from json_to_recordset(${json}::json) as r
        (key text, authority text, first_seen timestamptz, last_seen timestamptz, requests bigint)
      on conflict (key) do update set
        first_seen = excluded.first_seen, last_seen = excluded.last_seen, requests = excluded.requests`;
  }
}

function endpointRecord(endpoint: Endpoint): { readonly id: string } & Record<string, unknown> {
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
const TYPED_COLUMNS = Prisma.raw(typed.join(", "));
const ON_CONFLICT = {
  observed: Prisma.raw(set(names.filter((name) => name !== "id"))),
  // A spec's change judges from rows read earlier: what traffic added since must stay.
  judged: Prisma.raw(
    `${set(["standing", "standing_reason", "spec_ids"])}
     where (endpoints.facts is null) = (excluded.facts is null)`,
  ),
};

/** `owner` is not among the columns, so it survives. */
async function writeEndpoints(tx: Transaction, endpoints: readonly Endpoint[], mode: Mode): Promise<void> {
  for (const json of jsonChunks(endpoints.map(endpointRecord), "id")) {
    await tx.$executeRaw`
      insert into endpoints (${COLUMNS})
      select ${COLUMNS} from json_to_recordset(${json}::json) as r (${TYPED_COLUMNS})
      on conflict (id) do update set ${ON_CONFLICT[mode]}`;
  }
}

async function writeEvents(tx: Transaction, events: readonly InventoryEvent[]): Promise<void> {
  const records = events.map((event) => ({
    id: boundedKey(cleanText(event.id)),
    at: iso(wholeMs(event.at)),
    type: event.type,
    authority: event.authority,
    endpoint_id: "endpointId" in event ? boundedKey(cleanText(event.endpointId)) : null,
    event,
  }));
  for (const json of jsonChunks(records, "id")) {
    await tx.$executeRaw`
      insert into inventory_events (id, at, type, authority, endpoint_id, event)
      select id, at, type, authority, endpoint_id, event from json_to_recordset(${json}::json) as r
        (id text, at timestamptz, type text, authority text, endpoint_id text, event jsonb)
      on conflict (id) do nothing`;
  }
}

async function writeHealth(tx: Transaction, reports: readonly CaptureHealth[]): Promise<void> {
  const joined = new Map<string, CaptureHealth>();
  for (const report of cleanCopy(reports))
    joined.set(report.collector, addHealth(joined.get(report.collector), report));
  const records = [...joined.values()].map(({ collector, from, to, counters, weirds }) => ({
    key: boundedKey(collector),
    collector,
    heard_from: from === null ? null : iso(wholeMs(from)),
    heard_to: to === null ? null : iso(wholeMs(to)),
    counters,
    weirds,
  }));
  for (const json of jsonChunks(records, "key")) {
    await tx.$executeRaw`
      insert into capture_health as h (key, collector, heard_from, heard_to, counters, weirds)
      select key, collector, heard_from, heard_to, counters, weirds from json_to_recordset(${json}::json) as r
        (key text, collector text, heard_from timestamptz, heard_to timestamptz, counters jsonb, weirds jsonb)
      on conflict (key) do update set
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

// One statement's parameter: large enough that statements do not count, small enough for the memory of both ends.
const CHUNK = 4_000_000;

/**
 * Records as JSON arrays of bounded length. Rows come in order of their key, so that two transactions lock in the same
 * order; of rows with one key the last counts, because a statement may touch a row only once.
 */
function* jsonChunks<K extends string>(
  records: readonly Readonly<Record<K, string>>[],
  key: K,
): Generator<string> {
  const byKey = new Map(records.map((record) => [cleanText(record[key]), record]));
  const ordered = [...byKey].sort(([a], [b]) => compareText(a, b));
  let chunk: string[] = [];
  let length = 0;
  for (const [, record] of ordered) {
    const json = cleanJson(JSON.stringify(record));
    chunk.push(json);
    length += json.length;
    if (length < CHUNK) continue;
    yield `[${chunk.join(",")}]`;
    chunk = [];
    length = 0;
  }
  if (chunk.length > 0) yield `[${chunk.join(",")}]`;
}
