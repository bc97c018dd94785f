import { expect, test } from "vitest";
import { nearMisses } from "../../../src/openapi/near-miss.ts";
import { readSpec } from "../../../src/openapi/import.ts";

function aSpec(paths: object, server = "https://shop.test/api") {
  const source = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Shop", version: "1" },
    servers: [{ url: server }],
    paths,
  });
  const spec = readSpec(source, { name: "shop.yaml", authorities: [], uploadedAt: 0 });
  if (!spec.ok) throw new Error(spec.weird.name);
  return spec.value;
}

const SPEC = aSpec({ "/orders/{id}/items": { get: {} }, "/users": { post: {} } });
const ask = (method: string, path: string, authority = "shop.test") =>
  nearMisses([SPEC], { authority, method, path }).map((miss) => [`${miss.method} ${miss.path}`, miss.reason]);

test.each<[string, string, string, string]>([
  ["GET", "/api/orders/7/lines", "GET /api/orders/{id}/items", "segment 4 is lines, listed is items"],
  [
    "GET",
    "/gw/api/orders/{orderId}/items",
    "GET /api/orders/{id}/items",
    "/gw stands before it, which no server of the document has",
  ],
  ["GET", "/orders/7/items", "GET /api/orders/{id}/items", "it is listed below /api"],
  ["GET", "/api/orders/7", "GET /api/orders/{id}/items", "it goes on with /items"],
  ["GET", "/api/orders/7/items/8", "GET /api/orders/{id}/items", "it ends before /8"],
  ["DELETE", "/api/users", "POST /api/users", "it is listed with POST, not with DELETE"],
])("%s %s is nearest to what is listed", (method, path, operation, reason) => {
  expect(ask(method, path)[0]).toEqual([operation, reason]);
});

test("a document for another host says so", () => {
  expect(ask("POST", "/api/users", "other.test")).toEqual([
    ["POST /api/users", "it speaks for shop.test, not for other.test"],
  ]);
});

test("an operation that is listed twice is one", () => {
  const [twice] = [aSpec({ "/orders/{id}": { servers: [{ url: "/api" }, { url: "/api/" }], get: {} } })];
  expect(nearMisses([twice], { authority: "shop.test", method: "POST", path: "/api/orders/1" })).toHaveLength(
    1,
  );
});

test("what is like nothing has no near miss, and three are enough", () => {
  expect(ask("GET", "/metrics")).toEqual([]);
  const many = aSpec(
    Object.fromEntries(["a", "b", "c", "d"].map((word) => [`/orders/${word}`, { get: {} }])),
  );
  expect(nearMisses([many], { authority: "shop.test", method: "GET", path: "/api/orders/x" })).toHaveLength(
    3,
  );
});
