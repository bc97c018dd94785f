// What gRPC calls of an endpoint came to and how many messages they carried: counters that merge.
import type { Histogram } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { growCounters, ownCopy } from "./grow.ts";
import { quantile } from "./sketch.ts";

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

/** As people read it. */
export interface GrpcSummary {
  /** Calls by status code, in order of code, "unheard" where none came; the HTTP statuses say the same. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Who sends more than one message in a call. */
  readonly streaming: "none" | "client" | "server" | "both";
}

export function grpcSummary({ statuses, sent, received }: GrpcFacts): GrpcSummary {
  const heard = GRPC_STATUSES.flatMap((status) => {
    const calls = statuses[status];
    return calls === undefined ? [] : [[status, calls] as const];
  });
  return {
    statuses: Object.fromEntries(heard),
    streaming: STREAMING[isStream(sent) ? 1 : 0][isStream(received) ? 1 : 0],
  };
}

const STREAMING = [
  ["none", "server"],
  ["client", "both"],
] as const;

/** Histograms are exact within 5 %: between one and two. */
function isStream(messages: Histogram): boolean {
  return (quantile(messages, 1) ?? 0) > 1.5;
}
