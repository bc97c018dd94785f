import { expect, test } from "vitest";
import { DECLARED_HEAD, declaredCells } from "../../../src/cli/declared-text.ts";
import { aDeclared } from "../../support/callers.ts";

test("a row says what is declared, and by what", () => {
  const full = aDeclared({ namespace: "shop", labels: ["app=a", "team=b"] });
  expect(declaredCells(full)).toEqual([
    "shop/orders",
    "service",
    "app=a team=b",
    "response.header x-service-name",
    "10",
  ]);
  expect(declaredCells(aDeclared({ place: "log", name: null, namespace: "shop" }))).toEqual([
    "shop/*",
    "service",
    "",
    "log",
    "10",
  ]);
  expect(DECLARED_HEAD).toHaveLength(declaredCells(full).length);
});
