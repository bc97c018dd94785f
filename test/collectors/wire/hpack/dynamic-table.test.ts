// The dynamic table: eviction by size, and certainty of positions after a start in the middle.
import { expect, test } from "vitest";
import { costOf, DynamicTable, MAX_TABLE_BYTES } from "../../../../collectors/wire/hpack/dynamic-table.ts";

const field = (name: string) => ({ name, value: "" });

test("an entry costs its text and 32 bytes", () => {
  expect(costOf({ name: "abc", value: "de" })).toBe(37);
});

test("the newest is at position 0 and the oldest goes first", () => {
  const table = new DynamicTable();
  table.resize(2 * 33);
  for (const name of ["a", "b", "c"]) table.insert(field(name));
  expect([0, 1, 2].map((at) => table.get(at))).toEqual([field("c"), field("b"), "invalid"]);
});

test("an entry larger than the table empties it", () => {
  const table = new DynamicTable();
  table.resize(40);
  table.insert(field("a"));
  table.insert(field("a name that does not fit"));
  expect(table.get(0)).toBe("invalid");
});

test("after a loss old positions are unknown and new ones certain", () => {
  const table = new DynamicTable();
  table.insert(field("old"));
  table.lose();
  expect(table.get(0)).toBe("unknown");
  table.insert(field("new"));
  expect([table.get(0), table.get(1)]).toEqual([field("new"), "unknown"]);
});

test("size 0 ends the doubt", () => {
  const table = new DynamicTable();
  table.lose();
  table.resize(0);
  table.resize(4096);
  expect(table.get(0)).toBe("invalid");
});

test("memory stays within the limit whatever size is announced", () => {
  const table = new DynamicTable();
  table.resize(0xffffffff);
  for (let i = 0; i < 5000; i++) table.insert(field(String(i).padStart(100, "x")));
  const kept = Math.floor(MAX_TABLE_BYTES / 132);
  expect(table.get(kept - 1)).not.toBe("unknown");
  expect(table.get(kept)).toBe("unknown");
});
