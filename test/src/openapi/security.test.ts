// Security schemes from observed credentials.
import { describe, expect, test } from "vitest";
import type { AuthScheme } from "../../../src/model/sighting.ts";
import { joinFacts } from "../../../src/model/facts.ts";
import { keyParameters, namedScheme, securityOf } from "../../../src/openapi/security.ts";
import { someFacts } from "../inventory/an-endpoint.ts";

test.each<[AuthScheme, string | null, string | undefined, object | undefined]>([
  ["basic", "authorization", "basic", { type: "http", scheme: "basic" }],
  ["bearer-opaque", "authorization", "bearer", { type: "http", scheme: "bearer" }],
  ["bearer-jwt", "authorization", "bearer-jwt", { type: "http", scheme: "bearer", bearerFormat: "JWT" }],
  ["digest", null, "digest", { type: "http", scheme: "digest" }],
  [
    "api-key-header",
    "x-api-key",
    "api-key-header-x-api-key",
    { type: "apiKey", in: "header", name: "x-api-key" },
  ],
  ["api-key-query", "key", "api-key-query-key", { type: "apiKey", in: "query", name: "key" }],
  ["api-key-cookie", "a b", "api-key-cookie-a_b", { type: "apiKey", in: "cookie", name: "a b" }],
  ["session-cookie", "sid", "session-cookie-sid", { type: "apiKey", in: "cookie", name: "sid" }],
  ["mtls", null, "mtls", { type: "mutualTLS" }],
  ["none", null, undefined, undefined],
  ["not-recorded", null, undefined, undefined],
])("%s %s", (...[scheme, name, id, expected]) => {
  const found = namedScheme({ scheme, name, requests: 1, successes: 1 });
  expect(found?.id).toBe(id);
  expect(found?.scheme).toEqual(expected);
});

describe("requirements", () => {
  const basic = someFacts({ auth: "basic", authName: "authorization" });
  const refused = someFacts({ auth: "digest", statuses: { 401: 1 } });
  test.each([
    ["one scheme", basic, [{ basic: [] }]],
    ["open", someFacts(), []],
    ["open or with credentials", joinFacts(basic, someFacts()), [{}, { basic: [] }]],
    ["only what worked", joinFacts(basic, refused), [{ basic: [] }]],
    ["nothing worked", refused, [{ digest: [] }]],
    ["not recorded", someFacts({ auth: "not-recorded" }), undefined],
  ])("%s", (_what, facts, security) => {
    expect(securityOf(facts).security).toEqual(security);
  });
});

test("a key in the query is no ordinary parameter", () => {
  expect([...keyParameters(someFacts({ auth: "api-key-query", authName: "api_key" }))]).toEqual(["api_key"]);
});
