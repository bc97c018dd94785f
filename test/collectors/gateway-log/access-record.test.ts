// What a line does not tell stays unknown in the exchange.
import { expect, test } from "vitest";
import type { AccessRecord } from "../../../collectors/gateway-log/access-record.ts";
import { accessExchange, serverOf, statusOf } from "../../../collectors/gateway-log/access-record.ts";

const BARE: AccessRecord = {
  startedAt: 1000,
  durationMs: null,
  method: "GET",
  target: { scheme: null, authority: null, path: "/a", query: "" },
  authority: null,
  scheme: null,
  protocol: "unknown",
  client: { address: "10.0.0.9", port: null },
  server: null,
  status: null,
  requestHeaders: [],
  requestSize: null,
  responseHeaders: [],
  responseSize: null,
};

test("a bare record", () => {
  expect(accessExchange(BARE)).toEqual({
    startedAt: 1000,
    answeredAt: null,
    endedAt: null,
    source: "access-log",
    protocol: "unknown",
    client: { address: "10.0.0.9", port: null },
    server: { address: "unknown", port: null },
    request: {
      method: "GET",
      authority: "unknown",
      scheme: null,
      path: "/a",
      query: "",
      headers: [],
      body: { kind: "not-recorded", size: null },
    },
    outcome: { kind: "unknown", why: "not-recorded" },
    flags: [],
  });
});

test("a full record", () => {
  const exchange = accessExchange({
    ...BARE,
    durationMs: 5,
    target: { scheme: "http", authority: "proxy.test", path: "/a", query: "b" },
    authority: "shop.test:8080",
    status: 200,
    requestSize: 0,
    responseSize: 9,
    declaredRoute: "/{x}",
    mutualTls: true,
  });
  expect(exchange).toMatchObject({
    endedAt: 1005,
    server: { address: "shop.test", port: 8080 },
    request: { authority: "shop.test:8080", scheme: "http", query: "b", body: { kind: "none" } },
    outcome: { kind: "answered", response: { status: 200, body: { kind: "not-recorded", size: 9 } } },
    declaredRoute: "/{x}",
    mutualTls: true,
  });
});

test("statuses and servers", () => {
  expect(["200", 599, "000", "-", 0, 99, 1000, 200.5].map(statusOf)).toEqual([
    200,
    599,
    ...Array.from({ length: 6 }, () => null),
  ]);
  expect(serverOf("[::1]:8443")).toEqual({ address: "::1", port: 8443 });
});
