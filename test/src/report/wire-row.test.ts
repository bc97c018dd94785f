// gRPC and streams stand in the row where there are any, and nowhere else.
import { expect, test } from "vitest";
import { emptyFacts } from "../../../src/model/facts.ts";
import { wireRow } from "../../../src/report/wire-row.ts";
import { frameFacts } from "../../collectors/wire/stream/frames.ts";

test("neither", () => {
  expect([wireRow(null), wireRow(emptyFacts(0))]).toEqual([{}, {}]);
});

test("both", () => {
  const grpc = { statuses: { OK: 1 }, sent: { "0": 1 }, received: { "0": 1 } };
  const stream = {
    kinds: { grpc: 1 },
    received: frameFacts([100, 100, 100], [50, 50]),
    sent: frameFacts([7], []),
  };
  expect(wireRow({ ...emptyFacts(0), grpc, stream })).toEqual({
    grpc: { statuses: { OK: 1 }, streaming: "none" },
    stream: {
      kinds: { grpc: 1 },
      sent: { frames: 1, size: { p50: expect.closeTo(7, 0), p95: expect.closeTo(7, 0) }, gap_ms: null },
      received: {
        frames: 3,
        size: { p50: expect.closeTo(100, -1), p95: expect.closeTo(100, -1) },
        gap_ms: { p50: expect.closeTo(50, -1), p95: expect.closeTo(50, -1) },
      },
    },
  });
});
