import { expect, test } from "vitest";
import { declaredAt, isContradictory, namespacesAt } from "../../../src/inventory/declared.ts";
import { anEndpoint } from "../../support/builders.ts";
import { aDeclared, declaring } from "../../support/callers.ts";

test("who answers says more than who asks, then who is heard more often", () => {
  const names = declaredAt(
    declaring([
      { name: "asked", place: "request.header", requests: 100 },
      { name: "seldom", place: "log", requests: 1 },
      { name: "often", requests: 50 },
    ]),
  ).map(({ name }) => name);
  expect(names).toEqual(["often", "seldom", "asked"]);
  expect(declaredAt(anEndpoint())).toEqual([]);
  expect(declaredAt({ facts: null })).toEqual([]);
});

test.each([
  ["two services", [{ name: "a" }, { name: "b" }], true],
  ["one in two namespaces", [{ namespace: "x" }, { namespace: "y" }], true],
  ["a service and its account", [{ name: "a" }, { name: "b", kind: "account" as const }], false],
  ["one with and without its namespace", [{ namespace: "x" }, { namespace: null }], false],
])("%s", (_, rows, contradictory) => {
  expect(isContradictory(rows.map(aDeclared))).toBe(contradictory);
});

test("namespaces of the authority and of what is declared, each once", () => {
  const rows = [{ namespace: "pay" }, { namespace: "shop" }, { namespace: null }];
  expect(namespacesAt(declaring(rows, { authority: "a.shop.svc:80" }))).toEqual(["shop", "pay"]);
  expect(namespacesAt(anEndpoint())).toEqual([]);
});
