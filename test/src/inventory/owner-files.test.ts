// CODEOWNERS, catalog-info.yaml and rules as people keep them; broken ones are refused with a place.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCatalogInfo, readCodeowners, readOwnerRules } from "../../../src/inventory/owner-files.ts";

function codeowner(text: string, document: string): string | undefined {
  const read = readCodeowners("CODEOWNERS", text);
  return read.ok ? read.value.entries.find((entry) => entry.ofDocument(document))?.owner : undefined;
}

describe("CODEOWNERS", () => {
  const text = `# who owns what
* @shop/all
*.yaml @shop/platform   # specs
/specs/orders/ @shop/orders docs@shop.test
specs/free.yaml
`;
  test.each([
    ["readme.md", "@shop/all"],
    ["deep/down/x.yaml", "@shop/platform"],
    ["./specs/orders/v2/openapi.json", "@shop/orders"],
    ["other/specs/orders/openapi.json", "@shop/all"],
    ["specs/free.yaml", ""],
  ])("%s belongs to %s", (document, owner) => expect(codeowner(text, document)).toBe(owner));
  test("any text is read without harm", () => {
    fc.assert(
      fc.property(fc.string(), (any) => {
        expect(readCodeowners("f", any).ok).toBe(true);
      }),
    );
  });
});

describe("catalog-info.yaml", () => {
  const text = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: orders }
spec: { owner: group:default/orders-team, providesApis: [orders-api] }
---
kind: API
metadata: { name: billing-api }
spec: { owner: billing }
---
kind: User
metadata: { name: ann }
spec: { owner: nobody }
`;
  const read = readCatalogInfo("catalog-info.yaml", text);
  test("components speak of services and of the APIs they provide", () => {
    if (!read.ok) throw new Error(read.weird.name);
    expect(read.value.entries.map(({ owner, at }) => [owner, at])).toEqual([
      ["orders-team", "component orders"],
      ["billing", "api billing-api"],
    ]);
    const [orders] = read.value.entries;
    expect(orders?.ofService("orders.shop.svc.cluster.local")).toBe(true);
    expect(orders?.ofService("reorders.shop.test")).toBe(false);
    expect(orders?.ofDocument("specs/orders-api.openapi.yaml")).toBe(true);
  });
  test("what is no YAML, holds no entity, or grows by itself is refused", () => {
    expect(readCatalogInfo("f", "a: [")).toMatchObject({ ok: false, weird: { name: "owners.not-yaml" } });
    expect(readCatalogInfo("f", "a: 1")).toMatchObject({ ok: false, weird: { name: "owners.no-entity" } });
    const layers = Array.from({ length: 30 }, (_, n) => `l${n}: &l${n} [*l${n - 1}, *l${n - 1}]`).slice(1);
    const bomb = ["l0: &l0 x", ...layers].join("\n");
    expect(readCatalogInfo("f", bomb)).toMatchObject({ ok: false });
  });
});

describe("rules", () => {
  test("are read whole", () => {
    const read = readOwnerRules("owners:\n  - { owner: orders, host: '*.shop.test', path: /orders/** }\n");
    expect(read).toEqual({ ok: true, value: [{ owner: "orders", host: "*.shop.test", path: "/orders/**" }] });
  });
  test("workloads and labels are conditions too", () => {
    const text = "owners: [{ owner: pay, workload: checkout, labels: { app: checkout } }]";
    expect(readOwnerRules(text)).toMatchObject({ ok: true, value: [{ labels: { app: "checkout" } }] });
  });
  test.each([
    ["owners: [{ owner: x }]", "owners.0: needs host, path, service, namespace, workload or labels"],
    ["owners: [{ owner: x, hots: y }]", 'owners.0: Unrecognized key: "hots"'],
  ])("%s is refused with its place", (text, detail) => {
    expect(readOwnerRules(text)).toMatchObject({ ok: false, weird: { name: "owners.bad-rule", detail } });
  });
});
