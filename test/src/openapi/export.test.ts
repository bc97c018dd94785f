// The document around the operations. That it is valid, whatever is in it, is tested by contract.
import { describe, expect, test } from "vitest";
import { exportOpenApi } from "../../../src/openapi/export.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { anEndpoint, someFacts } from "../inventory/an-endpoint.ts";

const SERVICE = { authority: "shop.test", firstSeen: 0, lastSeen: 1, requests: 1 };

function operations(endpoints: readonly Endpoint[], options = {}): readonly string[] {
  const { paths } = exportOpenApi(endpoints, SERVICE, options);
  return Object.entries(paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => `${method} ${path}`),
  );
}

describe("what is exported", () => {
  test.each<[string, Partial<Endpoint>, object, readonly string[]]>([
    ["confirmed", {}, {}, ["get /orders"]],
    ["candidates", { confidence: "candidate" }, {}, ["get /orders"]],
    ["not noise", { confidence: "noise" }, {}, []],
    ["not pages", { category: "page" }, {}, []],
    ["not other services", { authority: "other.test" }, {}, []],
    ["not orphans", { facts: null, standing: "orphan" }, {}, []],
    ["orphans when asked", { facts: null, standing: "orphan" }, { orphans: true }, ["get /orders"]],
    ["only confirmed when asked", { confidence: "candidate" }, { confidence: "confirmed" }, []],
    ["only shadows when asked", { standing: "documented" }, { only: "shadow" }, []],
    ["shadows", { standing: "shadow" }, { only: "shadow" }, ["get /orders"]],
    ["only one method", {}, { method: "POST" }, []],
    ["what is below a path", { path: "/a/{id}/b" }, { below: "/a/{x}/" }, ["get /a/{id}/b"]],
    ["the path itself", { path: "/a/{id}" }, { below: "/a/{x}" }, ["get /a/{id}"]],
    ["not what only begins alike", { path: "/ab" }, { below: "/a" }, []],
    ["other methods", { method: "PURGE" }, {}, ["x-umbra-methods /orders"]],
  ])("%s", (...[, over, options, expected]) => {
    expect(operations([anEndpoint(over)], options)).toEqual(expected);
  });
});

test("ids, tags, servers, security", () => {
  const basic = someFacts({ auth: "basic", authName: "authorization" });
  const document = exportOpenApi(
    [anEndpoint({ path: "/api/v1/line-items/{id}", facts: basic }), anEndpoint({ path: "/" })],
    SERVICE,
    { title: "Shop", version: "7" },
  );
  expect(document).toMatchObject({
    openapi: "3.1.0",
    info: { title: "Shop", version: "7" },
    servers: [{ url: "https://shop.test" }],
    tags: [{ name: "line-items" }, { name: "root" }],
    paths: {
      "/": { get: { operationId: "getRoot", tags: ["root"], security: [] } },
      "/api/v1/line-items/{id}": {
        get: { operationId: "getApiV1LineItemsById", tags: ["line-items"], security: [{ basic: [] }] },
      },
    },
    components: { securitySchemes: { basic: { type: "http", scheme: "basic" } } },
  });
});

test.each([
  ["shop.test:8080", ["https://shop.test:8080"]],
  ["[::1]:80", ["https://[::1]:80"]],
  ["evil.test/x{y}", ["/"]],
  ["", ["/"]],
])("the server of %s is %j", (authority, urls) => {
  const document = exportOpenApi([anEndpoint({ authority })], { ...SERVICE, authority });
  expect(document.servers?.map((server) => server.url)).toEqual(urls);
});

test("without a scheme the server has none", () => {
  const facts = { ...someFacts(), schemes: { unknown: 1 } };
  expect(exportOpenApi([anEndpoint({ facts })], SERVICE).servers).toEqual([{ url: "//shop.test" }]);
});

test("ids that would be equal are numbered", () => {
  const document = exportOpenApi([anEndpoint({ path: "/a-b" }), anEndpoint({ path: "/a/b" })], SERVICE);
  const ids = Object.values(document.paths ?? {}).map((item) => item?.get?.operationId);
  expect(ids).toEqual(["getAB", "getAB2"]);
});
