// What rules match: addresses, files of places, and what traffic itself declares.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OwnerRule } from "../../../src/inventory/owner-rules.ts";
import { compileOwnerRules } from "../../../src/inventory/owner-rules.ts";
import { settleOwner } from "../../../src/inventory/ownership.ts";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { anEndpoint } from "../../support/builders.ts";
import { aPlace, calledBy, declaring } from "../../support/callers.ts";

const check = compileOwnerRules([
  { owner: "web", host: "*.shop.test" },
  { owner: "orders", host: "*.shop.test", path: "/orders/**" },
  { owner: "data", namespace: "data-*" },
]);
const owners = (rules: readonly OwnerRule[], endpoint: Endpoint) =>
  compileOwnerRules(rules)(endpoint).map(({ owner }) => owner);

test("the last rule that fits speaks, and says which it is", () => {
  expect(check(anEndpoint({ authority: "api.shop.test:8443" }))).toMatchObject([
    { owner: "orders", source: "rule", reason: "rule 2 (host *.shop.test, path /orders/**)" },
  ]);
  expect(check(anEndpoint({ authority: "api.shop.test", path: "/cart" }))[0]?.owner).toBe("web");
  expect(check(anEndpoint({ authority: "api.other.test" }))).toEqual([]);
});

test("namespaces and services are read off cluster names", () => {
  const etl = anEndpoint({ authority: "etl.data-eu.svc.cluster.local:80" });
  expect(check(etl)[0]?.owner).toBe("data");
  expect(owners([{ owner: "etl", service: "et*" }], etl)).toEqual(["etl"]);
});

test("workloads, their labels and their namespaces come from the file of places", () => {
  const placeOf = createPlaceFinder([
    aPlace({
      name: "checkout",
      addresses: ["10.1.0.1"],
      namespace: "pay",
      labels: { team: "pay", app: "c" },
    }),
  ]);
  const said = (rule: Omit<OwnerRule, "owner">, servers = ["10.1.0.1:8080"]) =>
    compileOwnerRules([{ owner: "x", ...rule }], placeOf)(calledBy([], { servers }))[0]?.reason;
  expect(said({ workload: "check*" })).toBe("rule 1 (workload check*)");
  expect(said({ namespace: "pay" })).toBe("rule 1 (namespace pay)");
  expect(said({ labels: { team: "pay", app: "c" } })).toBe("rule 1 (label team pay, label app c)");
  expect(said({ labels: { team: "pay", app: "d" } })).toBeUndefined();
  expect(said({ workload: "checkout" }, ["10.1.0.2:8080"])).toBeUndefined();
});

test("a rule without conditions fits nothing, nor does a pattern of what nobody told", () => {
  for (const rule of [{ service: "*" }, { namespace: "**" }, { workload: "*" }, { labels: { team: "x" } }])
    expect(owners([{ owner: "x", ...rule }], anEndpoint())).toEqual([]);
  expect(check(anEndpoint())).toEqual([]);
  expect(owners([{ owner: "all" }], anEndpoint())).toEqual([]);
});

describe("what traffic declares", () => {
  const orders = declaring([
    { name: "orders", namespace: "shop", labels: ["team=core"], kind: "workload", requests: 9 },
  ]);
  test.each<[Omit<OwnerRule, "owner">, boolean]>([
    [{ service: "orders" }, true],
    [{ service: "ORD*" }, true],
    [{ service: "pay" }, false],
    [{ namespace: "shop" }, true],
    [{ namespace: "pay" }, false],
    [{ workload: "orders" }, true],
    [{ labels: { team: "Core" } }, true],
    [{ labels: { team: "core", tier: "1" } }, false],
    [{ service: "orders", namespace: "shop", path: "/**" }, true],
    [{ service: "orders", namespace: "pay" }, false],
  ])("%j", (rule, fits) => {
    expect(owners([{ owner: "x", ...rule }], orders)).toEqual(fits ? ["x"] : []);
  });

  const rules = [
    { owner: "platform", host: "**" },
    { owner: "orders", service: "orders" },
    { owner: "legacy", service: "legacy" },
  ];
  const disputed = declaring([
    { name: "legacy", requests: 2 },
    { name: "orders", requests: 90 },
    { name: "legacy", place: "request.header", requests: 900 },
  ]);
  test("of two services the one that answers most holds, and the other stays visible", () => {
    const { owner, conflicts } = settleOwner(compileOwnerRules(rules)(disputed));
    expect([owner?.owner, conflicts.map((one) => one.owner)]).toEqual(["orders", ["legacy"]]);
  });
  test("a rule for everybody is overruled, and no conflict", () => {
    expect(
      owners(rules, declaring([{ name: "orders" }, { name: "orders-account", kind: "account" }])),
    ).toEqual(["orders"]);
  });
  test("a later rule for the address beats what is declared", () => {
    expect(owners([...rules, { owner: "edge", host: "shop.test" }], disputed)).toEqual(["edge"]);
  });
});

test("whatever the rules: those for one service by the last that fits it, else the last that fits whoever answers", () => {
  const word = fc.constantFrom("a", "b", "c");
  const option = fc.option(word, { nil: undefined });
  const rule = fc.record({
    host: fc.constantFrom(undefined, "shop.test", "x"),
    service: option,
    namespace: option,
  });
  const row = fc.record({ name: fc.option(word), namespace: fc.option(word) });
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 8 }), fc.array(row, { maxLength: 4 }), (given, rows) => {
      const rules = given.map((one, index) => ({ owner: `${index}`, ...one }) as OwnerRule);
      const endpoint = declaring(rows);
      const fits = (one: OwnerRule, { name, namespace }: (typeof rows)[0]): boolean =>
        (one.host ?? one.service ?? one.namespace) !== undefined &&
        (one.host ?? "shop.test") === "shop.test" &&
        (one.service ?? name) === name &&
        (one.namespace ?? namespace) === namespace;
      const last = (rows.length === 0 ? [{ name: null, namespace: null }] : rows)
        .map((who) => rules.findLastIndex((one) => fits(one, who)))
        .filter((index) => index !== -1);
      const special = last.filter(
        (index) => (rules[index]?.service ?? rules[index]?.namespace) !== undefined,
      );
      const wanted = new Set((special.length > 0 ? special : last).map(String));
      expect(new Set(owners(rules, endpoint))).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});
