// Facts of gRPC calls add up, in any order.
import { expect, test } from "vitest";
import type { GrpcFacts } from "../../../src/model/grpc-facts.ts";
import { growGrpc, grpcSummary } from "../../../src/model/grpc-facts.ts";
import { ownCopy } from "../../../src/model/grow.ts";
import { histogramOf } from "../../../src/model/sketch.ts";

const ok: GrpcFacts = { statuses: { OK: 1 }, sent: histogramOf(1), received: histogramOf(20) };
const failed: GrpcFacts = { statuses: { NOT_FOUND: 2 }, sent: histogramOf(1), received: {} };

test("statuses and messages are counted", () => {
  const joined = growGrpc(growGrpc(ownCopy(ok), failed), ok);
  expect(joined.statuses).toEqual({ OK: 2, NOT_FOUND: 2 });
  expect(Object.values(joined.sent)).toEqual([3]);
  expect(Object.values(joined.received)).toEqual([2]);
  expect(growGrpc(growGrpc(ownCopy(ok), ok), failed)).toEqual(joined);
  expect(ok.statuses).toEqual({ OK: 1 });
});

test.each([
  [1, 1, "none"],
  [1, 2, "server"],
  [30, 1, "client"],
  [2, 2, "both"],
])("%i messages sent and %i received is a stream of: %s", (sent, received, told) => {
  const facts = {
    statuses: { UNAVAILABLE: 1, OK: 2 },
    sent: histogramOf(sent),
    received: histogramOf(received),
  };
  expect(grpcSummary(facts)).toEqual({ statuses: { OK: 2, UNAVAILABLE: 1 }, streaming: told });
});
