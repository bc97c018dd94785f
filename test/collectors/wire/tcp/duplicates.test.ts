import { expect, test } from "vitest";
import { DuplicateFilter } from "../../../../collectors/wire/tcp/duplicates.ts";
import { TcpHeader } from "../../../../collectors/wire/tcp/header.ts";

function header(fields: Partial<TcpHeader>): TcpHeader {
  return Object.assign(new TcpHeader(), { seq: 7, length: 10, ipId: 3, checksum: 9 }, fields);
}

test.each<[string, Partial<TcpHeader>, number, number, number, boolean]>([
  ["the same packet", {}, 1, 0, 10, true],
  ["two seconds later", {}, 1, 0, 2_001, false],
  ["another flow", {}, 2, 0, 10, false],
  ["the other direction", {}, 1, 1, 10, false],
  ["sent again", { ipId: 4 }, 1, 0, 10, false],
  ["other bytes", { checksum: 8 }, 1, 0, 10, false],
  ["another length", { length: 11 }, 1, 0, 10, false],
  ["another place", { seq: 8 }, 1, 0, 10, false],
])("%s: %s", (_name, ...[fields, flow, side, now, expected]) => {
  const filter = new DuplicateFilter();
  expect(filter.isRepeat(1, 0, header({}), 0)).toBe(false);
  expect(filter.isRepeat(flow, side, header(fields), now)).toBe(expected);
});

test("what shares a slot is never taken for a repeat", () => {
  const filter = new DuplicateFilter();
  const hits = Array.from({ length: 50_000 }, (_hit, seq) => filter.isRepeat(1, 0, header({ seq }), 0));
  expect(hits).not.toContain(true);
});
