// The inventory in PostgreSQL: the contract's methods, each one statement or one transaction.
import type { ApiDocument, Spec } from "../model/document.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { InventoryEvent, ServiceState } from "../model/inventory.ts";
import { cleanText } from "./clean.ts";
import type { Database, Transaction } from "./prisma-client.ts";
import { guarded, inTransaction, openDatabase } from "./prisma-client.ts";
import { fadeVerdicts } from "./fade-verdicts.ts";
import { createPrismaGovernance } from "./governance-prisma.ts";
import { createPrismaArchive } from "./report-archive-prisma.ts";
import type { Mode } from "./prisma-commit.ts";
import { checkCommit, writeCommit } from "./prisma-commit.ts";
import type { EndpointRecord } from "./prisma-query.ts";
import {
  changePins,
  groupingOf,
  groupingSince,
  isNews,
  lockedVersion,
  pinOf,
  redirectsTo,
  targetOf,
  unanswered,
} from "./prisma-grouping.ts";
import { endpointOf, endpointPage, eventPage, serviceOf, servicePage } from "./prisma-query.ts";
import { storableKey, storableSpec } from "./storable.ts";
import type {
  Commit,
  CommitResult,
  FoundEndpoint,
  Judged,
  InventoryStore,
  PinChange,
  SpecSet,
} from "./store.ts";
import { UserError } from "../ops/user-error.ts";

/**
 * Opens the inventory of a migrated database. Rejects with `TransientStoreError` while the database is away, and with
 * one sentence when it has not been migrated.
 */
export async function openPrismaStore(databaseUrl: string): Promise<InventoryStore> {
  const db = openDatabase(databaseUrl);
  const store = {
    ...writes(db),
    ...reads(db),
    ...life(db),
    governance: createPrismaGovernance(db),
    reports: createPrismaArchive(db),
  };
  try {
    await store.ping();
    const [found] = await guarded(
      "the look at its tables",
      () => db.$queryRaw<{ ready: boolean }[]>`select to_regclass('spec_revision') is not null as ready`,
    );
    if (!found?.ready) throw new UserError("the database has no inventory tables yet: run umbra migrate");
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function life(db: Database): Pick<InventoryStore, "ping" | "close"> {
  return {
    ping: () => guarded("a ping", async () => void (await db.$queryRaw`select 1`)),
    close: () => db.$disconnect(),
  };
}

function writes(
  db: Database,
): Pick<
  InventoryStore,
  "commit" | "addSpec" | "removeSpec" | "changePins" | "regroup" | "rejudge" | "fadeVerdicts"
> {
  return {
    changePins: (change) => guarded("a pin", () => inTransaction(db, (tx) => pinChange(tx, change))),
    regroup: (change) => guarded("a regrouping", () => inTransaction(db, (tx) => regroup(tx, change))),
    commit: (commit) =>
      guarded("a commit", () => inTransaction(db, (tx) => writeChecked(tx, commit, "observed"))),
    addSpec: (spec, source, judged) =>
      guarded("a spec", () => inTransaction(db, (tx) => addSpec(tx, storableSpec(spec), { source, judged }))),
    removeSpec: (id, judged) =>
      guarded("a spec's removal", () =>
        inTransaction(db, async (tx) => {
          if ((await tx.spec.count({ where: { id: storableKey(id) } })) === 0) return "committed";
          return changeSpecs(tx, judged, () => tx.spec.deleteMany({ where: { id: storableKey(id) } }));
        }),
      ),
    rejudge: (judged) =>
      guarded("standings", () => inTransaction(db, (tx) => writeChecked(tx, judged, "judged"))),
    fadeVerdicts: (faded) => guarded("verdicts", () => inTransaction(db, (tx) => fadeVerdicts(tx, faded))),
  };
}

async function writeChecked(tx: Transaction, commit: Commit, mode: Mode): Promise<CommitResult> {
  const result = await checkCommit(tx, commit, mode);
  if (result === "committed") await writeCommit(tx, commit, mode);
  return result;
}

async function addSpec(
  tx: Transaction,
  { id, name, authorities, uploadedAt, document }: Spec,
  { source, judged }: { source: string; judged: Judged },
): Promise<CommitResult> {
  if ((await tx.spec.count({ where: { id } })) > 0) return "committed";
  const data = {
    id,
    name,
    authorities: [...authorities],
    uploadedAt: new Date(uploadedAt),
    document: document as object,
    source: cleanText(source),
  };
  return changeSpecs(tx, judged, () => tx.spec.create({ data }));
}

/** The revision's row is locked first: specs change one at a time, and between commits, not beside them. */
async function changeSpecs(
  tx: Transaction,
  judged: Judged,
  change: () => Promise<unknown>,
): Promise<CommitResult> {
  const result = await checkCommit(tx, judged, "judged");
  if (result !== "committed") return result;
  await change();
  await raiseRevision(tx, judged.specRevision);
  await writeCommit(tx, judged, "judged");
  return "committed";
}

async function raiseRevision(tx: Transaction, before: number): Promise<void> {
  const revision = before + 1;
  await tx.specRevision.upsert({ where: { id: 1 }, update: { revision }, create: { id: 1, revision } });
}

/** No commit goes on beside it: the revision is locked as for documents, and the service was heard no more since. */
async function pinChange(tx: Transaction, change: PinChange): Promise<CommitResult> {
  return (await isNews(tx, change)) ? regroup(tx, change) : "committed";
}

async function regroup(tx: Transaction, change: PinChange): Promise<CommitResult> {
  const { regrouped, version } = change;
  const result = await checkCommit(tx, regrouped, "judged");
  if (result !== "committed") return result;
  for (const { authority } of regrouped.grouping?.services ?? []) {
    if ((await lockedVersion(tx, authority)) !== version) return "stale-offset";
  }
  await changePins(tx, change);
  await raiseRevision(tx, regrouped.specRevision);
  await writeCommit(tx, regrouped, "observed");
  return "committed";
}

type Reads = Omit<
  InventoryStore,
  keyof ReturnType<typeof writes> | keyof ReturnType<typeof life> | "governance" | "reports"
>;

function reads(db: Database): Reads {
  return {
    position: (topic, partition) =>
      guarded("a position", async () => {
        const topic_partition = { topic: storableKey(topic), partition };
        return (await db.partitionOffset.findUnique({ where: { topic_partition } }))?.offset ?? null;
      }),
    serviceState: (authority) =>
      guarded("a service", () =>
        db.$transaction((tx) => serviceState(tx, storableKey(authority)), {
          isolationLevel: "RepeatableRead",
          timeout: READ_TIMEOUT_MS,
        }),
      ),
    grouping: (authority, known) =>
      guarded("a grouping", () =>
        db.$transaction((tx) => groupingSince(tx, storableKey(authority), known), {
          isolationLevel: "RepeatableRead",
          timeout: READ_TIMEOUT_MS,
        }),
      ),
    unanswered: (limit) => guarded("services", () => unanswered(db, limit)),
    specs: () => guarded("the specs", () => specs(db)),
    specSource: (id) =>
      guarded("a spec", async () => {
        const where = { id: storableKey(id) };
        return (await db.spec.findUnique({ where, select: { source: true } }))?.source ?? null;
      }),
    services: (page) => guarded("services", () => servicePage(db, page)),
    endpoints: (filter, sort, page) => guarded("endpoints", () => endpointPage(db, { filter, sort, page })),
    endpoint: (id) => guarded("an endpoint", () => endpoint(db, storableKey(id))),
    events: (filter, page) => guarded("events", () => eventPage(db, filter, page)),
    event: (id) => guarded("an event", () => event(db, storableKey(id))),
    health: () => guarded("the health", () => health(db)),
  };
}

/** Columns that repeat others for filters and orders. */
const REPEATED = {
  aiVerdict: true,
  authSchemes: true,
  dataClasses: true,
  firstSeen: true,
  lastSeen: true,
  requests: true,
  pathOrder: true,
} as const;

async function event(db: Database, id: string): Promise<InventoryEvent | null> {
  const found = await db.inventoryEvent.findUnique({ where: { id }, select: { event: true } });
  // Written from an `InventoryEvent`.
  return found && (found.event as unknown as InventoryEvent);
}

// A large service has some ten thousand rows of some ten KiB.
const READ_TIMEOUT_MS = 60_000;

/** All of one moment: rows without the routes behind them would be regrouped wrongly. */
async function serviceState(tx: Transaction, authority: string): Promise<ServiceState> {
  const found = await tx.service.findUnique({ where: { authority }, omit: { grouping: true } });
  const rows = await tx.endpoint.findMany({ where: { authority }, omit: REPEATED });
  const endpoints = rows.map((row) => endpointOf(row as EndpointRecord).endpoint);
  return {
    service: found && serviceOf(found),
    endpoints: new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])),
    ...(await groupingOf(tx, authority)),
  };
}

async function endpoint(db: Database, id: string): Promise<FoundEndpoint | null> {
  const own = await db.endpoint.findUnique({ where: { id }, omit: REPEATED });
  const target = own === null ? await targetOf(db, id) : null;
  const found =
    target === null ? own : await db.endpoint.findUnique({ where: { id: target }, omit: REPEATED });
  if (found === null) return null;
  const redirectedFrom = target === null ? null : id;
  return {
    ...endpointOf(found as EndpointRecord),
    redirectedFrom,
    merged: await redirectsTo(db, found.id),
  };
}

/** Revision, specs and pins of the same moment. */
async function specs(db: Database): Promise<SpecSet> {
  const [revision, rows, pins] = await db.$transaction(
    [
      db.specRevision.findUnique({ where: { id: 1 } }),
      db.spec.findMany({ omit: { source: true }, orderBy: [{ uploadedAt: "asc" }, { id: "asc" }] }),
      db.pin.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
    ],
    { isolationLevel: "RepeatableRead" },
  );
  const specs = rows.map(({ uploadedAt, document, ...row }) => ({
    ...row,
    uploadedAt: uploadedAt.getTime(),
    document: document as unknown as ApiDocument,
  }));
  return { revision: revision?.revision ?? 0, specs, pins: pins.map(pinOf) };
}

async function health(db: Database): Promise<CaptureHealth[]> {
  const rows = await db.captureHealth.findMany({ orderBy: { collector: "asc" } });
  return rows.map(({ collector, from, to, counters, weirds }) => ({
    collector,
    from: from?.getTime() ?? null,
    to: to?.getTime() ?? null,
    counters: counters as CaptureHealth["counters"],
    weirds: weirds as CaptureHealth["weirds"],
  }));
}
