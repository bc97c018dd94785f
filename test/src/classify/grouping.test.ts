// Which paths become which templates, from one path alone.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { templateOf } from "../../../src/classify/grouping.ts";
import { readPath } from "../../../src/digest/path.ts";
import type { DocumentMatch } from "../../../src/model/document.ts";
import type { SightingKey } from "../../../src/model/sighting.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { aSpec } from "../openapi/a-spec.ts";
import { aKey } from "./a-sighting.ts";

const nothing = (): DocumentMatch => ({ kind: "none", reason: "" });

function template(raw: string, over: Partial<SightingKey> = {}): string {
  const { path } = readPath(raw, () => false);
  return templateOf(aKey({ path, ...over }), nothing).path;
}

describe("route words stay", () => {
  test.each([
    "/",
    "/users/me",
    "/v1/orders",
    "/v2beta1/orders",
    "/api/3",
    "/rest/api/3/issue",
    "/2.0/files",
    "/1/boards",
    "/2010-04-01/Accounts",
    "/2024/archive",
    "/oauth2/token",
    "/s3/buckets",
    "/ipv4/pools",
    "/sha256/verify",
    "/iso8601/now",
    "/downloads/win32-x64",
    "/regions/us-east-1/zones",
    "/api/chat.postMessage",
    "/documents:batchGet",
    "/$metadata",
    "/en-US/products",
    "/blog/my-first-post",
    "/covid-19/cases",
    "/.env",
    "/robots.txt",
    "/k8s-1/pods",
    "/report.json",
    "/x/feedbac",
    "/mp3/h264",
  ])("%s", (path) => {
    expect(template(path)).toBe(path);
  });
});

describe("values become variables", () => {
  test.each([
    ["/users/12", "/users/{userId}"],
    ["/users/12345678", "/users/{userId}"],
    ["/users/-1", "/users/{userId}"],
    ["/users/12/orders/3", "/users/{userId}/orders/{orderId}"],
    ["/users/12/2/x", "/users/{userId}/{userId2}/x"],
    ["/carts/6706d7e8-05da-446a-a2c3-bb81e3c29b62", "/carts/{cartId}"],
    ["/users/12.json", "/users/{userId}.json"],
    ["/users/12:cancel", "/users/{userId}:cancel"],
    ["/calendar/2024-01-11/events", "/calendar/{date}/events"],
    ["/packages/react/18.2.0", "/packages/react/{version}"],
    ["/commits/a1b2c3d", "/commits/{commitId}"],
    ["/commits/1234abc", "/commits/{commitId}"],
    ["/browse/PROJ-123", "/browse/{browseId}"],
    ["/orders/order_1001", "/orders/{orderId}"],
    ["/accounts/jane%40example.com", "/accounts/{email}"],
    ["/static/js/main.e9093483.js", "/static/js/{file}"],
    ["/odata/Products(7)", "/odata/Products({productId})"],
    ["/odata/People('russell')", "/odata/People('{personId}')"],
    ["/map/point;lat=50;long=20", "/map/point"],
    ["/projects/gitlab-org%2Fgitlab/issues", "/projects/{projectId}/issues"],
    ["/users/12/", "/users/{userId}"],
    ["//users//12", "/users/{userId}"],
    ["/2024/05/15/hello", "/{id}/{id2}/{id3}/hello"],
    ["/api/v4/12", "/api/v4/{apiId}"],
    ["/items/3/v2", "/items/{itemId}/v2"],
    ["/a/b/c/d/e/f/g/h/i/j/k/l/m/n", "/a/b/c/d/e/f/g/h/i/j/k/l/{path}"],
  ])("%s is %s", (raw, expected) => {
    expect(template(raw)).toBe(expected);
  });
});

test("classes of one kind have one name, whether the digest kept the text or not", () => {
  const classes = ["/u/7", "/u/77777"].map((path) => {
    const read = readPath(path, () => false).path;
    return templateOf(aKey({ path: read }), nothing).parameters;
  });
  expect(classes).toEqual([[{ name: "uId", class: "int" }], [{ name: "uId", class: "int" }]]);
});

describe("protocols on top", () => {
  test.each([
    [{ style: "json-rpc" as const }, "/rpc/12"],
    [{ style: "graphql" as const }, "/graphql/2"],
    [{ style: "grpc" as const, protocol: "grpc" as const }, "/pkg.Greeter1001/SayHello"],
  ])("%o keeps the path", (over, path) => {
    expect(template(path, over)).toBe(path);
  });
  test("what the digest took out is a variable there too", () => {
    expect(template("/mcp/{uuid}", { style: "json-rpc", path: "/mcp/{uuid}" })).toBe("/mcp/{mcpId}");
  });
});

describe("declared routes", () => {
  test("keep their names", () => {
    expect(templateOf(aKey({ path: "/pets/{pet}/7", declared: true }), nothing)).toEqual({
      path: "/pets/{pet}/7",
      parameters: [{ name: "pet", class: "declared", named: "source" }],
    });
  });
  test("values that stood in them are variables", () => {
    expect(templateOf(aKey({ path: "/pets/{uuid}", declared: true }), nothing).parameters).toEqual([
      { name: "petId", class: "uuid" },
    ]);
  });
});

describe("documents", () => {
  const matcher = createMatcher([
    aSpec(
      ["GET /pets/{petName}", "GET /pets/findByStatus", "GET /files/{name}.{ext}", "GET /rates/{a}-{a}"],
      {
        servers: [{ authority: null, basePath: "/v3" }],
      },
    ),
  ]);
  const documented = (key: SightingKey) => matcher(key.authority, key.method, key.path);
  test.each([
    ["/v3/pets/fluffy", "/v3/pets/{petName}", ["word"]],
    ["/v3/pets/12", "/v3/pets/{petName}", ["int"]],
    ["/v3/pets/{uuid}", "/v3/pets/{petName}", ["uuid"]],
    ["/v3/pets/findByStatus", "/v3/pets/findByStatus", []],
    ["/v3/files/a.txt", "/v3/files/{name}.{ext}", ["mixed", "mixed"]],
    ["/v3/rates/EUR-USD", "/v3/rates/{a}-{a2}", ["mixed", "mixed"]],
    ["/pets/rex", "/pets/{petName}", ["word"]],
    ["/other/12", "/other/{otherId}", ["int"]],
  ])("%s is %s", (path, expected, classes) => {
    const made = templateOf(aKey({ path }), documented);
    expect(made.path).toBe(expected);
    expect(made.parameters.map((held) => held.class)).toEqual(classes);
  });
});

test("any path gives a template with as many unique names as braces", () => {
  fc.assert(
    fc.property(fc.webPath(), fc.boolean(), (raw, declared) => {
      const { path } = readPath(raw || "/", () => false);
      const made = templateOf(aKey({ path, declared }), nothing);
      const names = made.parameters.map((held) => held.name);
      expect(made.path.match(/\{[^{}]+\}/g) ?? []).toEqual(names.map((name) => `{${name}}`));
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});
