import * as fc from "fast-check";
import { expect, test } from "vitest";
import { boundedOf, joinBounded } from "../../../src/model/bounded.ts";
import { canonicalJson } from "../../../src/model/canonical.ts";
import type { DeclaredFacts } from "../../../src/model/declared.ts";
import { DECLARED, declaredKey, declaredName, joinWorkload } from "../../../src/model/declared.ts";
import { aDeclaration, joinAnyhow, picks } from "./arbitraries.ts";

const orders: DeclaredFacts = {
  kind: "service",
  name: "orders",
  namespace: "shop",
  labels: ["team=orders"],
  place: "response.header",
  header: "x-service-name",
  requests: 1,
};
const heard = (row: DeclaredFacts) => boundedOf([[declaredKey(row), row]], DECLARED);

test("equal declarations are counted, others stand beside them", () => {
  const { kept } = [orders, orders, { ...orders, namespace: "pay" }, { ...orders, labels: [] }]
    .map(heard)
    .reduce((a, b) => joinBounded(a, b, DECLARED));
  expect(Object.values(kept).map(({ namespace, labels, requests }) => [namespace, labels, requests])).toEqual(
    [
      ["shop", ["team=orders"], 2],
      ["pay", ["team=orders"], 1],
      ["shop", [], 1],
    ],
  );
});

test("whatever the order and however many, the same is kept, and requests are not lost", () => {
  fc.assert(
    fc.property(fc.array(aDeclaration, { minLength: 1, maxLength: 60 }), picks, (rows, picks) => {
      const join = (a: ReturnType<typeof heard>, b: ReturnType<typeof heard>) => joinBounded(a, b, DECLARED);
      const joined = rows.map(heard).reduce(join);
      expect(canonicalJson(joinAnyhow(rows.map(heard), join, picks))).toBe(canonicalJson(joined));
      const kept = Object.values(joined.kept);
      expect(kept.length).toBeLessThanOrEqual(12);
      expect(kept.reduce((sum, { requests }) => sum + requests, joined.rest?.requests ?? 0)).toBe(
        rows.length,
      );
    }),
    { numRuns: 80 },
  );
});

test("two names of one caller are none", () => {
  expect(joinWorkload(undefined, "shop/web")).toBe("shop/web");
  expect(joinWorkload("shop/web", "shop/web")).toBe("shop/web");
  expect(joinWorkload("shop/web", "shop/job")).toBe("*");
  expect(joinWorkload("*", "shop/web")).toBe("*");
});

test("names with what is told of them", () => {
  expect(declaredName({ name: "orders", namespace: "shop" })).toBe("shop/orders");
  expect(declaredName({ name: "orders", namespace: null })).toBe("orders");
  expect(declaredName({ name: null, namespace: "shop" })).toBe("shop/*");
});
