import { expect, test } from "vitest";
import { Cursor } from "../../../../collectors/wire/link/cursor.ts";
import { FlowList } from "../../../../collectors/wire/tcp/flow-list.ts";
import { Flow } from "../../../../collectors/wire/tcp/flow.ts";
import { TcpHeader } from "../../../../collectors/wire/tcp/header.ts";

const flow = (id: number): Flow => new Flow(id, 0, new Cursor(), new TcpHeader());

function order(list: FlowList): number[] {
  const ids: number[] = [];
  for (let at = list.oldest; at !== null; at = at.newer) ids.push(at.id);
  return ids;
}

test("the one silent for longest is first, wherever others are taken out", () => {
  const list = new FlowList();
  const [a, b, c, d] = [flow(1), flow(2), flow(3), flow(4)];
  for (const one of [a, b, c, d]) list.add(one);
  list.touch(a);
  list.touch(a);
  expect(order(list)).toEqual([2, 3, 4, 1]);
  list.remove(c);
  list.remove(b);
  list.remove(a);
  expect([order(list), list.size]).toEqual([[4], 1]);
  list.remove(d);
  expect([list.oldest, list.size]).toEqual([null, 0]);
});
