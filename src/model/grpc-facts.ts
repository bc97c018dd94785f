// What gRPC calls of an endpoint came to and how many messages they carried: counters that merge.
import type { Histogram } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { growCounters, ownCopy } from "./grow.ts";

/** Names of status codes in order of code (gRPC, "Status codes and their use"), and one for calls whose status was not heard. */
export const GRPC_STATUSES = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
  "unheard",
] as const;

export type GrpcStatus = (typeof GRPC_STATUSES)[number];

export interface GrpcFacts {
  /** Calls by status. */
  readonly statuses: Readonly<Partial<Record<GrpcStatus, number>>>;
  /** Messages of a call, of calls whose messages were counted: from the client, from the server. */
  readonly sent: Histogram;
  readonly received: Histogram;
}

/** Adds `from` to `into`, if there is any. Commutative and associative. */
export function growGrpc(into: Own<GrpcFacts> | undefined, from: GrpcFacts): GrpcFacts {
  if (into === undefined) return ownCopy(from);
  growCounters(into.statuses as Record<string, number>, from.statuses as Record<string, number>);
  growCounters(into.sent, from.sent);
  growCounters(into.received, from.received);
  return into;
}
