// Claims gathered from a person, documents, imported files and rules.
import { expect, test } from "vitest";
import { ownerClaims } from "../../../src/inventory/owner-claims.ts";
import { readCatalogInfo, readCodeowners } from "../../../src/inventory/owner-files.ts";
import { compileOwnerRules } from "../../../src/inventory/owner-rules.ts";
import type { Spec } from "../../../src/model/document.ts";
import { anEndpoint } from "../../support/builders.ts";

const spec: Spec = {
  id: "spec_1",
  name: "specs/orders.yaml",
  authorities: [],
  uploadedAt: 0,
  document: {
    title: "Orders",
    version: "1",
    dialect: "3.1.0",
    servers: [],
    operations: [],
    owner: { name: "orders-doc", from: "info.contact" },
  },
};

function value<T>(read: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!read.ok) throw new Error("not read");
  return read.value;
}

test("everything said is gathered, with where it was said", () => {
  const catalog = "kind: Component\nmetadata: { name: shop }\nspec: { owner: shop-team }";
  const sources = {
    imports: [
      value(readCodeowners("CODEOWNERS", "specs/ @shop/specs")),
      value(readCatalogInfo("catalog-info.yaml", catalog)),
    ],
    specs: new Map([[spec.id, spec]]),
    rule: compileOwnerRules([{ owner: "ruled", host: "shop.test" }]),
  };
  const history = [
    { at: 1, by: "bob", field: "owner", from: null, to: "ann", reason: "on call" },
    { at: 2, by: "eve", field: "decision", from: null, to: "approved", reason: "fine" },
  ] as const;
  const said = { owner: "ann", history };
  const claims = ownerClaims(anEndpoint({ specIds: [spec.id] }), said, sources);
  expect(claims.map(({ owner, source, reason }) => [owner, source, reason])).toEqual([
    ["ann", "person", "said by bob: on call"],
    ["orders-doc", "import", "info.contact of specs/orders.yaml"],
    ["@shop/specs", "import", "CODEOWNERS, line 1"],
    ["shop-team", "import", "catalog-info.yaml, component shop"],
    ["ruled", "rule", "rule 1 (host shop.test)"],
  ]);
  expect(ownerClaims(anEndpoint({ authority: "else.test" }), null, sources)).toEqual([]);
});

test("a tag that is called as a team is names it, for its operations alone", () => {
  const operation = (path: string, tags: readonly string[]) => ({
    method: "GET",
    path,
    operationId: null,
    deprecated: false,
    tags,
  });
  const tagged: Spec = {
    ...spec,
    document: {
      ...spec.document,
      servers: [{ authority: null, basePath: "/v1" }],
      operations: [operation("/orders/{id}", ["reports", "billing"]), operation("/carts", ["carts"])],
    },
  };
  const sources = {
    imports: [],
    specs: new Map([[spec.id, tagged]]),
    rule: () => [],
    teams: new Set(["billing"]),
  };
  const owners = (path: string, given = sources) =>
    ownerClaims(anEndpoint({ path, specIds: [spec.id] }), null, given).map(({ owner }) => owner);
  expect(owners("/v1/orders/{orderId}")).toEqual(["billing", "orders-doc"]);
  expect(owners("/v1/carts")).toEqual(["orders-doc"]);
  expect(owners("/v1/orders/{orderId}", { ...sources, teams: new Set() })).toEqual(["orders-doc"]);
});
