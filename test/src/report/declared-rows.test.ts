import { expect, test } from "vitest";
import { declaredRows } from "../../../src/report/declared-rows.ts";
import { declaring } from "../../support/callers.ts";

test("rows in the order of their weight, the fields always in the same order", () => {
  const { facts } = declaring([
    { requests: 1, place: "request.header", name: "asked" },
    { requests: 2, labels: ["team=core"], namespace: "shop" },
  ]);
  const rows = declaredRows(facts);
  expect(rows.map(({ name, labels }) => [name, labels])).toEqual([
    ["orders", ["team=core"]],
    ["asked", []],
  ]);
  const kept = Object.entries(facts?.declared?.kept ?? {}).map(([key, row]) => {
    const turned = Object.fromEntries(Object.entries(row).toReversed());
    return [key, turned] as const;
  });
  const stored = { ...facts, declared: { ...facts?.declared, kept: Object.fromEntries(kept) } };
  expect(JSON.stringify(declaredRows(stored as typeof facts))).toBe(JSON.stringify(rows));
  expect(declaredRows(null)).toEqual([]);
});
