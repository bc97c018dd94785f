import { expect, test } from "vitest";
import { Cursor } from "../../../../collectors/wire/link/cursor.ts";
import { FLOW_LIMITS, type FlowLimits, FlowTable } from "../../../../collectors/wire/tcp/flow-table.ts";
import { TcpHeader } from "../../../../collectors/wire/tcp/header.ts";

interface Ends {
  readonly from: number;
  readonly to: number;
  readonly sport?: number;
  readonly dport?: number;
  readonly scope?: number;
}

function table(limits: Partial<FlowLimits> = {}, isStrict = false) {
  const forgotten: string[] = [];
  const flows: FlowTable = new FlowTable({ ...FLOW_LIMITS, ...limits }, isStrict, (flow, why) => {
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
    find: (ends: Ends) => flows.find(...args(ends))?.id ?? null,
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

test("tags tell connections apart in strict mode only", () => {
  const [loose, strict] = [table(), table({}, true)];
  loose.open({ from: 5, to: 6, scope: 1 });
  strict.open({ from: 5, to: 6, scope: 1 });
  expect([loose.find({ from: 5, to: 6, scope: 2 }), strict.find({ from: 5, to: 6, scope: 2 })]).toEqual([
    0,
    null,
  ]);
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
