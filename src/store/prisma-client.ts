// The one place that opens Prisma's client, and turns what it throws into the store's own errors.
import { PrismaPg } from "@prisma/adapter-pg";
import { asTransient, BadCursor, TransientStoreError } from "./errors.ts";
import { PrismaClient } from "./generated/client.ts";

// Each process of a deployment holds up to this many; PostgreSQL's default limit is 100 for all.
const MAX_CONNECTIONS = 10;
const CONNECT_MS = 10_000;

export type Database = PrismaClient;
/** What runs inside a transaction. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

export function openDatabase(databaseUrl: string): Database {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: "umbra",
  });
  return new PrismaClient({ adapter, errorFormat: "minimal", log: [] });
}

// A full batch of busy endpoints is megabytes of JSON; a lock is held no longer than a commit of somebody else.
const TRANSACTION = { maxWait: 30_000, timeout: 120_000 };

/** All or nothing. */
export function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.$transaction(work, TRANSACTION);
}

/** Runs one operation; what it throws is transient, or a bug named by its code. */
export async function guarded<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeError(name, error);
  }
}

/** Without the cause: the driver's messages can quote rows. */
function storeError(name: string, error: unknown): unknown {
  const known = asTransient(error);
  if (known instanceof TransientStoreError || known instanceof BadCursor) return known;
  return new Error(`the database refused ${name} (${codeOf(error)})`);
}

function codeOf(error: unknown): string {
  const { code, meta, name } = error as { code?: unknown; meta?: unknown; name?: string };
  const inner = /"(?:originalCode|code)":"(\w{5})"/.exec(JSON.stringify(meta ?? null))?.[1];
  return inner ?? (typeof code === "string" ? code : (name ?? "unknown"));
}
