// Rows as lines: bounded statements, one order for every transaction, nothing PostgreSQL cannot hold.
import { expect, test } from "vitest";
import { chunksOf, rowsOf } from "../../../src/store/json-rows.ts";

const record = (row: object): object => row;

test("rows come in order of their key, whatever order they were made in", () => {
  const rows = new Map([
    ["b", { n: 2 }],
    ["a", { n: 1 }],
  ]);
  expect([...chunksOf(rows, record)]).toEqual(['{"n":1}\n{"n":2}']);
  expect([...chunksOf(new Map(), record)]).toEqual([]);
});

test("a statement stays within bounds, and loses nothing", () => {
  const rows = new Map(Array.from({ length: 10 }, (_, n) => [`k${n}`, { n, text: "x".repeat(1_000_000) }]));
  const chunks = [...chunksOf(rows, record)];
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.every((chunk) => chunk.length < 6_000_000)).toBe(true);
  expect(
    chunks
      .join("\n")
      .split("\n")
      .map((line) => JSON.parse(line).n),
  ).toEqual([...rows.values()].map(({ n }) => n));
});

test("NUL is replaced, line breaks stay inside of their line", () => {
  expect([...chunksOf(new Map([["a", { text: "x\0y\nz" }]]), record)]).toEqual(['{"text":"x\\ufffdy\\nz"}']);
});

test("lines are a parameter, columns are text of ours", () => {
  const { sql, values } = rowsOf('{"id":"a"}', "id text");
  expect(sql).toContain("as r (id text)");
  expect(values).toEqual(['{"id":"a"}']);
});
