// The two ways a store refuses: a cursor nobody issued, and a database that cannot be asked just now.

/** The cursor is damaged, or belongs to another list or order. */
export class BadCursor extends Error {
  override readonly name = "BadCursor";
  constructor() {
    super("the cursor is not one this list gave out");
  }
}

/** Not reachable, shutting down, out of connections, deadlocked: the same call may succeed later. */
export class TransientStoreError extends Error {
  override readonly name = "TransientStoreError";
}

/*
  SQLSTATE (PostgreSQL manual, appendix A)
    08xxx connection   40001 serialization failure   40P01 deadlock   53xxx resources   55P03 lock not available
    57P01 admin shutdown   57P02 crash shutdown   57P03 cannot connect now   57014 cancelled by timeout
*/
const TRANSIENT_STATE = /^(08...|53...|40001|40P01|55P03|57P0[123]|57014)$/;
/*
  Prisma (docs, "Error message reference")
    P1001 P1002 unreachable   P1008 timed out   P1011 TLS   P1017 closed   P2024 no free connection
    P2028 transaction API   P2034 deadlock or write conflict   P2037 too many connections
*/
const TRANSIENT_PRISMA = /^(P1001|P1002|P1008|P1011|P1017|P2024|P2028|P2034|P2037)$/;
const TRANSIENT_SYSTEM =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/;
/** Kinds of Prisma's driver adapters. */
const TRANSIENT_KIND = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
  "TransactionWriteConflict",
]);
/** pg says these two without a code. */
const TRANSIENT_WORDS =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Wraps what may pass by itself; gives back everything else as it is. */
export function asTransient(error: unknown): unknown {
  if (error instanceof TransientStoreError || !(error instanceof Error)) return error;
  const cause = reason(error, 0);
  // Messages of the driver can quote data; the code says enough.
  return cause === null ? error : new TransientStoreError(`the database is not available (${cause})`);
}

// Prisma wraps the driver's error in its own, that one in another, and an AggregateError may sit below.
const MAX_DEPTH = 5;

function reason(error: unknown, depth: number): string | null {
  if (typeof error !== "object" || error === null || depth > MAX_DEPTH) return null;
  return (
    ownReason(error) ??
    inner(error).reduce<string | null>((known, next) => known ?? reason(next, depth + 1), null)
  );
}

function ownReason(error: object): string | null {
  const { code, originalCode, message, kind } = error as Record<string, unknown>;
  for (const found of [code, originalCode]) if (typeof found === "string" && transient(found)) return found;
  if (typeof kind === "string" && TRANSIENT_KIND.has(kind)) return kind;
  return typeof message === "string" && TRANSIENT_WORDS.test(message) ? "connection lost" : null;
}

function transient(code: string): boolean {
  return TRANSIENT_STATE.test(code) || TRANSIENT_PRISMA.test(code) || TRANSIENT_SYSTEM.test(code);
}

function inner(error: object): unknown[] {
  const { cause, meta, errors, driverAdapterError } = error as Record<string, unknown>;
  return [cause, meta, driverAdapterError, ...(Array.isArray(errors) ? errors : [])];
}
