import { expect, test } from "vitest";
import { declaredJson } from "../../../src/api/declared-json.ts";
import { declaring } from "../../support/callers.ts";

test("who answers as declared, the weightiest first, and whether that can be", () => {
  const rows = [
    { name: "asked", place: "request.header" as const, requests: 100 },
    { name: "orders", namespace: "shop", labels: ["team=core"], place: "log" as const, requests: 2 },
  ];
  const { items, left_out, contradictory } = declaredJson(declaring(rows).facts);
  expect(items[0]).toEqual({
    kind: "service",
    name: "orders",
    namespace: "shop",
    labels: ["team=core"],
    place: "log",
    header: null,
    requests: 2,
  });
  expect([items[1]?.name, left_out, contradictory]).toEqual(["asked", 0, true]);
});

test("where nothing was heard nothing is declared", () => {
  expect(declaredJson(null)).toEqual({ items: [], left_out: 0, contradictory: false });
});
