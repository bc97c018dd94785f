import { describe, expect, test } from "vitest";
import { Cursor } from "../../../../collectors/wire/link/cursor.ts";
import { FLOW_LIMITS, type FlowLimits, FlowTable } from "../../../../collectors/wire/tcp/flow-table.ts";
import type { Flow } from "../../../../collectors/wire/tcp/flow.ts";
import { TcpHeader } from "../../../../collectors/wire/tcp/header.ts";

interface Ends {
  readonly from: number;
  readonly to: number;
  readonly sport?: number;
  readonly dport?: number;
  readonly scope?: number;
}

function table(limits: Partial<FlowLimits> = {}) {
  const forgotten: string[] = [];
  const flows: FlowTable = new FlowTable({ ...FLOW_LIMITS, ...limits }, (flow, why) => {
    forgotten.push(`${flow.id} ${why}`);
    flows.remove(flow);
  });
  const args = ({ from, to, sport = 1, dport = 2, scope = 0 }: Ends): [Cursor, TcpHeader] => [
    Object.assign(new Cursor(), { src3: from, dst3: to, scope }),
    Object.assign(new TcpHeader(), { srcPort: sport, dstPort: dport }),
  ];
  return {
    flows,
    forgotten,
    open: (ends: Ends, now = 0) => flows.open(...args(ends), now),
    find(ends: Ends, fields: Partial<TcpHeader> = {}) {
      const [cursor, header] = args(ends);
      return flows.find(cursor, Object.assign(header, fields))?.id ?? null;
    },
  };
}

test("found from both sides, by all five parts", () => {
  const { open, find } = table();
  open({ from: 5, to: 6 });
  expect([
    find({ from: 5, to: 6 }),
    find({ from: 6, to: 5, sport: 2, dport: 1 }),
    find({ from: 6, to: 5 }),
    find({ from: 5, to: 7 }),
    find({ from: 5, to: 6, dport: 3 }),
  ]).toEqual([0, 0, null, null, null]);
});

describe("the same addresses in another network", () => {
  const seen = (): ReturnType<typeof table> & { flow: Flow } => {
    const one = table();
    const flow = one.open({ from: 5, to: 6, scope: 1 });
    Object.assign(flow.halves[0], { position: "sure", start: 100, next: 200 });
    return { ...one, flow };
  };
  const other = { from: 5, to: 6, scope: 2 };
  const back = { from: 6, to: 5, sport: 2, dport: 1, scope: 2 };

  test.each<[string, Ends, Partial<TcpHeader>, number | null]>([
    ["goes on where the connection is: the same", other, { seq: 200 }, 0],
    ["repeats its SYN: the same", other, { seq: 100, isSyn: true }, 0],
    ["another SYN: another", other, { seq: 5_000, isSyn: true }, null],
    ["is somewhere else: another", other, { seq: 2 ** 30 }, null],
    ["answers it: the same", back, { seq: 7, ack: 200, isAck: true }, 0],
    ["answers something else: another", back, { seq: 7, ack: 2 ** 30, isAck: true }, null],
    ["says nothing about it: another", back, { seq: 7 }, null],
  ])("%s", (_name, ends, header, found) => {
    expect(seen().find(ends, header)).toBe(found);
  });

  test("its own connection is found there, the first one here", () => {
    const { open, find } = seen();
    open(other);
    expect([find(other, { seq: 200 }), find({ from: 5, to: 6, scope: 1 }, { seq: 2 ** 30 })]).toEqual([1, 0]);
  });
});

test("silence forgets, by stage", () => {
  const { flows, open, forgotten } = table();
  flows.stage(open({ from: 1, to: 2 }), "open");
  flows.stage(open({ from: 3, to: 4 }), "closing");
  open({ from: 5, to: 6 });
  flows.sweep(5_001);
  flows.sweep(60_001);
  flows.sweep(300_000);
  expect(forgotten).toEqual(["1 idle", "2 idle"]);
  flows.sweep(300_001);
  expect([forgotten.at(-1), flows.size]).toEqual(["0 idle", 0]);
});

test("too many: half-open ones and the longest silent go first", () => {
  const { flows, open, forgotten } = table({ flows: 3, halfOpen: 2 });
  flows.stage(open({ from: 1, to: 2 }), "open");
  open({ from: 3, to: 4 });
  open({ from: 5, to: 6 });
  flows.stage(open({ from: 7, to: 8 }), "open");
  open({ from: 9, to: 10 });
  expect([forgotten, flows.size]).toEqual([["1 evicted", "2 evicted"], 3]);
});

test("crafted collisions do not make long chains", () => {
  const { flows, open, find } = table();
  for (let index = 0; index < 500; index++) open({ from: 1, to: 2, sport: 1, dport: 2 });
  expect([flows.size <= 65, find({ from: 1, to: 2 })]).toEqual([true, 499]);
});
