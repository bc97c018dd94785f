import { expect, test } from "vitest";
import { Cursor } from "../../../../collectors/wire/link/cursor.ts";
import { Flow, Half } from "../../../../collectors/wire/tcp/flow.ts";
import { TcpHeader } from "../../../../collectors/wire/tcp/header.ts";

const header = (sport: number, dport: number): TcpHeader =>
  Object.assign(new TcpHeader(), { srcPort: sport, dstPort: dport });
const v6 = (from: number, to: number): Cursor =>
  Object.assign(new Cursor(), { v6: true, src0: 0x20010db8, src3: from, dst0: 0x20010db8, dst3: to });

test("IPv6 ends, from either side", () => {
  const flow = new Flow(0, 0, v6(1, 2), header(10, 20));
  expect([flow.sideOf(v6(1, 2), header(10, 20)), flow.sideOf(v6(2, 1), header(20, 10))]).toEqual([0, 1]);
  expect([flow.sideOf(v6(1, 3), header(10, 20)), flow.sideOf(new Cursor(), header(10, 20))]).toEqual([
    -1, -1,
  ]);
  expect(flow.ends(1)).toMatchObject({
    client: { address: "2001:db8::2", port: 20 },
    server: { address: "2001:db8::1", port: 10 },
    midstream: true,
  });
});

test("who was heard follows who is client", () => {
  const flow = new Flow(0, 0, v6(1, 2), header(10, 20));
  const { heard } = flow.ends(1);
  flow.halves[1].heard = true;
  expect([heard?.(0), heard?.(1)]).toEqual([true, false]);
});

test("offsets count across the wrap of sequence numbers", () => {
  const half = new Half();
  expect(half.offsetOf(5)).toBe(-1);
  Object.assign(half, { position: "sure", next: -5, offset: 100 });
  expect([half.offsetOf(-5), half.offsetOf(10), half.offsetOf(-200)]).toEqual([100, 115, 0]);
});
