// Facts of gRPC calls add up, in any order.
import { expect, test } from "vitest";
import type { GrpcFacts } from "../../../src/model/grpc-facts.ts";
import { growGrpc } from "../../../src/model/grpc-facts.ts";
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
