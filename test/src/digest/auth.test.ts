import { describe, expect, test } from "vitest";
import { isCredentialCookie, isCredentialHeader, readCredentials } from "../../../src/digest/auth.ts";
import { readCookies, readPairs } from "../../../src/digest/parameters.ts";
import type { Parts } from "./an-exchange.ts";
import { anExchange } from "./an-exchange.ts";

function schemes(parts: Parts, query = "", cookie = ""): readonly string[] {
  const presented = { query: readPairs(query), cookies: readCookies(cookie) };
  return readCredentials(anExchange(parts), presented).map(({ scheme, name }) =>
    `${scheme} ${name ?? ""}`.trim(),
  );
}

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc";

test.each([
  ["authorization", "Basic dTpw", "basic authorization"],
  ["authorization", "bearer opaque", "bearer-opaque authorization"],
  ["authorization", `Bearer ${JWT}`, "bearer-jwt authorization"],
  ["authorization", JWT, "bearer-jwt authorization"],
  ["authorization", "AWS4-HMAC-SHA256 Credential=AKID/20240101/…", "sigv4 authorization"],
  ["authorization", 'Digest username="u"', "digest authorization"],
  ["authorization", "Token abc", "api-key-header authorization"],
  ["authorization", "Negotiate abc", "other authorization"],
  ["authorization", "constructor abc", "other authorization"],
  ["authorization", "", "none"],
  ["x-api-key", "k", "api-key-header x-api-key"],
  ["x-auth-token", "k", "api-key-header x-auth-token"],
  ["x-goog-api-key", "k", "api-key-header x-goog-api-key"],
  ["ocp-apim-subscription-key", "k", "api-key-header ocp-apim-subscription-key"],
  ["x-csrf-token", "k", "none"],
  ["idempotency-key", "k", "none"],
  ["sec-websocket-key", "k", "none"],
  ["accept", "*/*", "none"],
  ["x-forwarded-client-cert", "Hash=…", "mtls"],
  ["ssl-client-verify", "SUCCESS", "mtls"],
  ["ssl-client-verify", "NONE", "none"],
])("header %s: %s is %s", (name, value, told) => {
  expect(schemes({ request: { headers: [[name, value]] } })).toEqual([told]);
});

test.each([
  ["api_key=abc", "api-key-query api_key"],
  ["access_token=abc", "api-key-query access_token"],
  ["subscription-key=abc", "api-key-query subscription-key"],
  ["key=0123456789abcdef0123", "api-key-query key"],
  ["key=name", "none"],
  ["code=DE", "none"],
  ["api_key=", "none"],
  ["X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Security-Token=t&X-Amz-Signature=s", "sigv4 x-amz-signature"],
])("query %s is %s", (query, told) => {
  expect(schemes({}, query)).toEqual([told]);
});

test.each([
  "sessionid",
  "PHPSESSID",
  "JSESSIONID",
  "connect.sid",
  "laravel_session",
  "__Host-session",
  "ASP.NET_SessionId",
])("cookie %s is a session", (name) => {
  expect(schemes({}, "", `${name}=1`)).toEqual([`session-cookie ${name}`]);
});

test("cookies may hold tokens, and most hold neither", () => {
  expect(schemes({}, "", "access_token=1; theme=dark; csrftoken=x; _ga=1")).toEqual([
    "api-key-cookie access_token",
  ]);
});

test("all of several are told", () => {
  const told = schemes(
    { mutualTls: true, request: { headers: [["authorization", "Basic x"]] } },
    "api_key=k",
    "sid=1",
  );
  expect(told).toEqual(["basic authorization", "api-key-query api_key", "session-cookie sid", "mtls"]);
});

describe("whether there was none", () => {
  test.each([
    ["capture", [], "none"],
    ["har", [], "none"],
    ["access-log", [["user-agent", "x"]], "not-recorded"],
    ["gateway-log", [["user-agent", "x"]], "not-recorded"],
    ["gateway-log", [["accept", "x"]], "none"],
  ] as const)("%s with %j", (source, headers, told) => {
    expect(schemes({ source, request: { headers } })).toEqual([told]);
  });

  test("half a request proves nothing", () => {
    expect(schemes({ flags: ["request-partial"] })).toEqual(["not-recorded"]);
  });
});

test("places whose values are credentials", () => {
  expect(["authorization", "x-api-key", "accept"].map(isCredentialHeader)).toEqual([true, true, false]);
  expect(["sid", "jwt", "theme"].map(isCredentialCookie)).toEqual([true, true, false]);
});
