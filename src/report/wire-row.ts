// What only some endpoints have in the scan document: how their gRPC calls ended, how their streams ran.
import type { GrpcSummary } from "../model/grpc-facts.ts";
import { grpcSummary } from "../model/grpc-facts.ts";
import type { Facts } from "../model/sighting.ts";
import type { StreamSummary } from "../model/stream-facts.ts";
import { streamSummary } from "../model/stream-facts.ts";

export interface WireRow {
  /** Of gRPC calls; absent for everything else. */
  readonly grpc?: GrpcSummary;
  /** Of streams; absent for everything else, and where the source keeps no times. */
  readonly stream?: StreamSummary;
}

export function wireRow(facts: Facts | null): WireRow {
  return {
    ...(facts?.grpc !== undefined && { grpc: grpcSummary(facts.grpc) }),
    ...(facts?.stream !== undefined && { stream: streamSummary(facts.stream) }),
  };
}
