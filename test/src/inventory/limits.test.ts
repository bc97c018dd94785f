// Bounds of one service: who gets a row, and what takes in the others. Whole traffic is tested with absorb.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Contender, Limits } from "../../../src/inventory/limits.ts";
import { isOverflow, LIMITS, OTHER, takerRow, withinLimits } from "../../../src/inventory/limits.ts";
import { anEndpoint } from "./an-endpoint.ts";

const SMALL: Limits = { noise: 1, unanswered: 1, answered: 1, operations: 1 };

function some(count: number, over: Partial<Contender> = {}): readonly Contender[] {
  return Array.from({ length: count }, (_, index) => ({
    identity: `${over.method ?? "GET"} /p${index} ${over.operation ?? ""}`,
    method: "GET",
    path: `/p${index}`,
    style: "rest" as const,
    operation: null,
    confidence: "confirmed" as const,
    isListed: false,
    isAnswered: true,
    ...over,
  }));
}

const noise: Partial<Contender> = { confidence: "noise", isAnswered: false };
const refused: Partial<Contender> = { confidence: "candidate", isAnswered: false };

test("within the limits everything has its row", () => {
  const all = [...some(1), ...some(1, noise), ...some(1, refused)];
  expect(withinLimits(all, SMALL).beyond).toEqual([]);
  expect(new Set(withinLimits(all, SMALL).own)).toEqual(new Set(all));
});

describe("beyond them", () => {
  test.each([
    ["noise", noise, "noise", { category: "probe", confidence: "noise", operation: null }],
    ["unanswered", refused, "other", { category: "api", confidence: "candidate", operation: OTHER }],
    ["answered", {}, "other", { category: "api", confidence: "candidate", operation: OTHER }],
  ] as const)("%s is added up", (_tier, over, taker, row) => {
    const { own, beyond } = withinLimits(some(4, over), SMALL);
    expect([own.length, beyond.length]).toEqual([1, 3]);
    expect(beyond.every((one) => one.taker === taker)).toBe(true);
    expect(takerRow(anEndpoint({}), taker)).toMatchObject({
      ...row,
      method: "*",
      path: "/{*}",
      facts: null,
    });
    expect(isOverflow(takerRow(anEndpoint({}), taker))).toBe(true);
  });
  test("what documents list stays", () => {
    expect(withinLimits(some(9, { isListed: true }), SMALL).own).toHaveLength(9);
  });
  test("confirmed goes before candidate", () => {
    const [sure] = some(1, { method: "POST" });
    const { own } = withinLimits([...some(20, { confidence: "candidate" }), sure as Contender], SMALL);
    expect(own).toEqual([sure]);
  });
  test("operations stay on their path, and are counted before paths are", () => {
    const named = ["A", "B", "C"].flatMap((name) =>
      some(1, { path: "/graphql", style: "graphql", operation: `query ${name}` }),
    );
    const { own, beyond } = withinLimits(named, { ...LIMITS, operations: 1 });
    expect([own.length, beyond.map(({ taker }) => taker)]).toEqual([1, ["operation", "operation"]]);
    const endpoint = anEndpoint({ path: "/graphql", style: "graphql", operation: "query A" });
    expect(takerRow(endpoint, "operation")).toMatchObject({
      method: "GET",
      path: "/graphql",
      style: "graphql",
      operation: OTHER,
    });
  });
  test("routes that grouping itself added up go with the noise", () => {
    const [rest] = some(1, { ...noise, method: "*", path: "/{rest}" });
    expect(withinLimits([rest as Contender], LIMITS)).toEqual({
      own: [],
      beyond: [{ one: rest, taker: "noise" }],
    });
  });
});

test("who stays does not depend on the order", () => {
  const all = [
    ...some(6),
    ...some(6, { ...noise, method: "PUT" }),
    ...some(6, { ...refused, method: "POST" }),
  ];
  const limits = { ...SMALL, noise: 2, answered: 3 };
  const names = (own: readonly Contender[]) => own.map(({ identity }) => identity).sort();
  const wanted = names(withinLimits(all, limits).own);
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(names(withinLimits(shuffled, limits).own)).toEqual(wanted);
    }),
  );
});
