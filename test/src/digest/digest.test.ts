import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import email from "../../../src/digest/data-classes/email.ts";
import { createDigest } from "../../../src/digest/digest.ts";
import type { ExchangeFlag, Header } from "../../../src/model/exchange.ts";
import { joinFacts } from "../../../src/model/facts.ts";
import { hash32 } from "../../../src/model/hash.ts";
import { histogramOf, quantile } from "../../../src/model/sketch.ts";
import { frames } from "./grpc/encode.ts";
import { aBody, aDigest, anExchange, json } from "./an-exchange.ts";

test("an exchange becomes a key and facts", () => {
  const { key, facts } = aDigest([email]).digest(
    anExchange({
      request: {
        method: "POST",
        path: "/v1/customers/123456/orders",
        query: "expand=true&expand=false",
        headers: [
          ["content-type", "application/json"],
          ["authorization", "Bearer x"],
          ["cookie", "theme=dark"],
          ["user-agent", "okhttp/4.12"],
        ],
        body: aBody('{"email":"jane@example.com"}'),
      },
      response: { status: 201, ...json({ id: 7 }) },
    }),
  );
  expect(key).toEqual({
    authority: "api.example.com",
    method: "POST",
    path: "/v1/customers/{int}/orders",
    declared: false,
    protocol: "http/1.1",
    style: "rest",
    operation: null,
  });
  expect(facts).toMatchObject({
    requests: 1,
    digested: 1,
    firstSeen: 1000,
    lastSeen: 1000,
    schemes: { https: 1 },
    sources: { capture: 1 },
    distinctCallers: [hash32("203.0.113.7")],
  });
  expect(facts.auth.kept).toEqual({
    "bearer-opaque authorization": {
      scheme: "bearer-opaque",
      name: "authorization",
      requests: 1,
      successes: 1,
    },
  });
  expect(Object.values(facts.dataClasses.kept)).toEqual([
    { dataClass: "email", place: "request.body", field: "email", exchanges: 1 },
  ]);
  expect(facts.query.kept["expand"]).toEqual({ requests: 1, repeated: 1, shape: { count: 2, booleans: 2 } });
  expect(facts.callers.kept["203.0.113.7 okhttp"]?.requests).toBe(1);
  expect(facts.servers.kept).toEqual({ "10.0.0.1:443": 1 });
  expect(Object.keys(facts.cookies.kept)).toEqual(["theme"]);
  expect(facts.responses["201"]?.bodies["application/json"]).toMatchObject({ count: 1, shaped: 1 });
  expect(quantile(facts.latency, 0.5)).toBeCloseTo(10, 0);
});

describe("what is not known is not made up", () => {
  test("no response: status unknown, no latency, no body", () => {
    const exchange = anExchange({ answeredAt: null });
    const { facts } = aDigest().digest({ ...exchange, outcome: { kind: "unknown", why: "gap" } });
    expect(facts.responses).toEqual({
      unknown: { count: 1, bodies: {}, headers: { kept: {}, tau: null, rest: null } },
    });
    expect([facts.latency, facts.responseBytes]).toEqual([{}, {}]);
  });

  test("a clock that runs backwards gives no latency", () => {
    expect(aDigest().digest(anExchange({ startedAt: 1000, answeredAt: 900 })).facts.latency).toEqual({});
  });

  test("bodies that were not recorded are counted where they are known to be", () => {
    const bodies = (status: number, headers: readonly Header[], size: number | null): unknown => {
      const body = { kind: "not-recorded", size } as const;
      return aDigest().digest(anExchange({ response: { status, headers, body } })).facts.responses[
        String(status)
      ]?.bodies;
    };
    const none = { count: 1, shaped: 0, truncated: 0, unparsed: 0, shape: null };
    expect(bodies(200, [["content-type", "text/html"]], null)).toEqual({ "text/html": none });
    expect(bodies(200, [], 12)).toEqual({ "": none });
    expect(bodies(200, [], null)).toEqual({});
    expect(bodies(204, [["content-type", "text/html"]], null)).toEqual({});
  });
});

test("a Host header that is no authority is not believed", () => {
  const authority = (authority: string): string =>
    aDigest().digest(anExchange({ request: { authority } })).key.authority;
  expect(authority("user:pw@API.example.com:8443")).toBe("api.example.com:8443");
  expect(authority("[2001:db8::1]:80")).toBe("[2001:db8::1]:80");
  expect(authority("a b/<script>")).toBe("10.0.0.1:443");
  expect(authority("")).toBe("10.0.0.1:443");
});

test("a declared route is taken as it is declared", () => {
  const { key } = aDigest().digest(
    anExchange({ request: { path: "/users/jane" }, declaredRoute: "/users/:name" }),
  );
  expect([key.path, key.declared]).toEqual(["/users/{name}", true]);
});

describe("styles", () => {
  const called = (parts: Parameters<typeof anExchange>[0]): string => {
    const { style, operation } = aDigest().digest(anExchange(parts)).key;
    return `${style} ${operation ?? "-"}`;
  };
  test.each([
    [
      { request: json({ query: "query GetUser($id: ID!) { user(id: $id) { name } }" }) },
      "graphql query GetUser",
    ],
    [{ request: json({ jsonrpc: "2.0", id: 1, method: "tools/list" }) }, "json-rpc tools/list"],
    [
      { protocol: "grpc", request: { path: "/helloworld.Greeter/SayHello" } },
      "grpc helloworld.Greeter/SayHello",
    ],
    [{ request: { headers: [["soapaction", '"urn:x#Pay"']] } }, "soap Pay"],
    [{ request: json({ query: "shoes" }) }, "rest -"],
  ] as const)("%j", (parts, told) => {
    expect(called(parts)).toBe(told);
  });
});

test("a gRPC call that failed is no success, and its messages are described by field number", () => {
  const call = (code: string) =>
    aDigest([email]).digest(
      anExchange({
        protocol: "grpc",
        request: {
          method: "POST",
          path: "/shop.Users/Get",
          headers: [["content-type", "application/grpc"]],
          body: aBody(frames([[2, "jane@example.com"]])),
        },
        response: { headers: [["content-type", "application/grpc"]], trailers: [["grpc-status", code]] },
      }),
    ).facts;
  const refused = call("16");
  expect(refused.grpc).toEqual({ statuses: { UNAUTHENTICATED: 1 }, sent: histogramOf(1), received: {} });
  expect(Object.keys(refused.responses)).toEqual(["401"]);
  expect(refused.auth.kept["none "]).toMatchObject({ requests: 1, successes: 0 });
  const heard = call("0");
  expect(heard.auth.kept["none "]).toMatchObject({ successes: 1 });
  const shape = heard.requestBodies["application/grpc"]?.shape;
  expect(Object.keys(shape?.object?.fields.kept ?? {})).toEqual(["2"]);
  expect(Object.keys(heard.dataClasses.kept)).toEqual(["email request.body 2"]);
});

test("busy endpoints are sampled, counted in full, and keep their operations", () => {
  const digest = createDigest({ dataClasses: [], hash32, sampleAfter: 10 });
  const all = Array.from({ length: 1000 }, () =>
    digest.digest(anExchange({ request: json({ jsonrpc: "2.0", method: "a/b" }) })),
  );
  const digested = all.filter(({ facts }) => facts.digested === 1);
  expect(digested.length).toBeGreaterThan(20);
  expect(digested.length).toBeLessThan(150);
  expect(digest.counts()).toEqual({ exchanges: 1000, examined: digested.length });
  for (const { key, facts } of all) {
    const body = facts.requestBodies["application/json"];
    expect([key.operation, body?.count, body?.shaped, body?.shape === null]).toEqual([
      "a/b",
      1,
      facts.digested,
      facts.digested === 0,
    ]);
  }
});

test("flags and charset lies are told", () => {
  const flags: readonly ExchangeFlag[] = ["gap"];
  const request = {
    headers: [["content-type", "application/json; charset=klingon"]] as const,
    body: aBody("{}"),
  };
  expect(aDigest().digest(anExchange({ flags, request })).facts.flags).toEqual({
    gap: 1,
    "encoding-error": 1,
  });
});

test("never throws, and what comes out can be stored as jsonb", () => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  const header = fc.tuple(
    fc.oneof(
      text,
      fc.constantFrom(
        "content-type",
        "cookie",
        "authorization",
        "user-agent",
        "x-forwarded-for",
        "soapaction",
      ),
    ),
    fc.oneof(
      text,
      fc.constantFrom("application/json", "text/xml", "multipart/form-data; boundary=a", "text/event-stream"),
    ),
  );
  const parts = fc.record({
    startedAt: fc.double(),
    source: fc.constantFrom("capture" as const, "har" as const, "access-log" as const),
    client: fc.record({ address: text, port: fc.option(fc.nat()) }),
    server: fc.record({ address: text, port: fc.option(fc.nat()) }),
    request: fc.record({
      method: text,
      authority: text,
      path: text.map((path) => `/${path}`),
      query: text,
      headers: fc.array(header, { maxLength: 4 }),
      body: fc.oneof(text, fc.json()).chain((content) => fc.boolean().map((whole) => aBody(content, whole))),
    }),
    response: fc.record({
      status: fc.integer({ min: 100, max: 999 }),
      headers: fc.array(header, { maxLength: 4 }),
      body: fc.uint8Array().map((bytes) => aBody(bytes)),
    }),
  });
  const digest = aDigest([email]);
  fc.assert(
    fc.property(parts, (parts) => {
      const stored = JSON.stringify(digest.digest(anExchange(parts)));
      expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/);
      expect(stored).not.toContain(':null,"lastSeen"');
    }),
    { numRuns: 300 },
  );
});

test("messages of a gRPC call are counted by the wire where it did, even of what was not kept", () => {
  const frames = (count: number) => ({ frames: count, sizes: {}, gaps: {} });
  const { facts } = aDigest().digest(
    anExchange({
      protocol: "grpc",
      request: { method: "POST", path: "/shop.Users/Watch" },
      stream: { kinds: { grpc: 1 }, sent: frames(1), received: frames(5000) },
    }),
  );
  expect(facts.grpc).toEqual({ statuses: { unheard: 1 }, sent: histogramOf(1), received: histogramOf(5000) });
});

test("what comes of a stream later goes to the same place, and counts no request", () => {
  const digest = aDigest();
  const stream = { kinds: { events: 1 } };
  const { key, facts } = digest.digest(anExchange({ request: { path: "/events" }, stream }));
  expect(facts.stream).toBe(stream);
  const more = { kinds: {}, received: { frames: 2, sizes: histogramOf(5), gaps: {} } };
  const later = digest.stream({ of: stream, at: 7000, more });
  expect(later?.key).toEqual(key);
  const joined = joinFacts(facts, later?.facts ?? facts);
  expect([joined.requests, joined.lastSeen, joined.stream]).toEqual([
    1,
    7000,
    { ...more, kinds: { events: 1 } },
  ]);
  expect(digest.stream({ of: { kinds: { events: 1 } }, at: 1, more })).toBe(undefined);
});
