import { expect, test } from "vitest";
import type { Chain } from "../../../../src/classify/grouping/branch.ts";
import { explanationsOf } from "../../../../src/classify/grouping/explain.ts";
import { findBranch } from "../../../../src/classify/grouping/walk.ts";
import { aRoute } from "../../../support/routes.ts";
import { aTree } from "./a-tree.ts";

const { root, tools } = aTree([aRoute("/v1/orders/{uuid}"), aRoute("/v1/orders/12")]);
const explained = explanationsOf(findBranch(root, "/v1/orders/12", () => true) as Chain, tools);

test("each segment says what it is and what settled it", () => {
  expect(explained.map(({ segment, decided, by }) => [segment, decided, by])).toEqual([
    [0, "literal", "rule"],
    [1, "literal", "evidence"],
    [2, "variable", "evidence"],
  ]);
});

test("what would change it is said, and no value is", () => {
  for (const { otherwise } of explained) expect(otherwise).toMatch(/pin/);
  expect(JSON.stringify(explained)).not.toContain('"12');
});

test("the strongest contributions come first", () => {
  const weights = (explained[1]?.contributions ?? []).map(({ weight, feature }) =>
    feature === "rest" ? 0 : Math.abs(weight),
  );
  expect(weights).toEqual([...weights].sort((a, b) => b - a));
});
