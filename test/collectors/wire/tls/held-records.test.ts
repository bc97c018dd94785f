// Records that wait: copied, in order, bounded a side and over all connections.
import { expect, test } from "vitest";
import { HeldRecords } from "../../../../collectors/wire/tls/held-records.ts";
import { createKeyLog } from "../../../../collectors/wire/tls/key-log.ts";
import { record } from "./hello-bytes.ts";
import { asRecord } from "./seal.ts";

test("what was held comes back in order, in memory of its own", () => {
  const held = new HeldRecords(createKeyLog());
  const bytes = record(23, Uint8Array.from([1]));
  held.hold(0, asRecord(bytes));
  bytes[5] = 9;
  held.hold(1, asRecord(bytes));
  expect(held.take().map(({ side, record }) => [side, ...record.payload])).toEqual([
    [0, 1],
    [1, 9],
  ]);
  expect(held.take()).toEqual([]);
});

test("256 KiB a side", () => {
  const held = new HeldRecords(createKeyLog());
  const big = asRecord(record(23, new Uint8Array(16_000)));
  const fits = (side: 0 | 1) => Array.from({ length: 20 }, () => held.hold(side, big)).filter(Boolean).length;
  expect([fits(0), fits(1)]).toEqual([16, 16]);
  held.take();
  expect(held.hold(0, big)).toBe(true);
});

test("all connections share what there is, and give it back", () => {
  const keys = createKeyLog();
  keys.reserve(67_108_864 - 10);
  const held = new HeldRecords(keys);
  expect(held.hold(0, asRecord(record(23, new Uint8Array(10))))).toBe(false);
  expect(held.hold(0, asRecord(record(23, new Uint8Array(5))))).toBe(true);
  held.take();
  expect(keys.reserve(10)).toBe(true);
});

test("half a minute is long enough", () => {
  const held = new HeldRecords(createKeyLog());
  expect(held.isOverdue(1e9)).toBe(false);
  held.hold(0, asRecord(record(23, new Uint8Array(1))));
  expect([held.isOverdue(30_001), held.isOverdue(30_002)]).toEqual([false, true]);
});
