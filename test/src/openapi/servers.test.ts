// Authorities and base paths in their one normal form. Whole documents are tested with import.
import { expect, test } from "vitest";
import { normalAuthority, normalBasePath, openapiServers } from "../../../src/openapi/servers.ts";

test.each([
  ["Api.Test:443", "https", "api.test"],
  ["api.test:80", "https", "api.test:80"],
  ["api.test:80", "http", "api.test"],
  ["user:pw@api.test", "https", "api.test"],
  ["[::1]:443", "https", "[::1]"],
])("%s over %s is %s", (authority, scheme, expected) => {
  expect(normalAuthority(authority, scheme)).toBe(expected);
});

test.each([
  ["", ""],
  ["/", ""],
  ["v1", "/v1"],
  ["//v1///x/", "/v1/x"],
  ["/v1?a#b", "/v1"],
])("base path %s is %s", (path, expected) => {
  expect(normalBasePath(path)).toBe(expected);
});

test("variables cannot multiply without end", () => {
  const names = Array.from({ length: 12 }, (_, index) => `v${index}`);
  const variables = Object.fromEntries(
    names.map((name) => [name, { default: "0", enum: ["0", "1", "2", "3"] }]),
  );
  const url = `https://a.test/${names.map((name) => `{${name}}`).join("/")}`;
  expect(openapiServers({ servers: [{ url, variables }] }).length).toBeLessThanOrEqual(64);
});
