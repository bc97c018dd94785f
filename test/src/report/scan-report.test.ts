// The scan document says what the inventory holds, sorted, whatever order it came in.
import { expect, test } from "vitest";
import { scanReport } from "../../../src/report/scan-report.ts";
import { aService, anEndpoint, NOON, someFacts } from "../../support/builders.ts";

const health = [
  { collector: "a.pcap", from: NOON, to: NOON + 1000, counters: { packets: 3 }, weirds: { "tcp.gap": 1 } },
  { collector: "b.log", from: null, to: null, counters: { packets: 4 }, weirds: {} },
] as const;

test("one endpoint, with everything counted", () => {
  const facts = someFacts({
    requests: 4,
    auth: [{ scheme: "bearer-jwt", name: "authorization", requests: 4, successes: 3 }],
    dataClasses: [{ dataClass: "email", place: "response.body", field: "user.email", exchanges: 3 }],
    callers: [{ address: "10.0.0.9", agent: "curl", requests: 4, firstSeen: NOON, lastSeen: NOON }],
    responses: {
      "404": { count: 1, bodies: {}, headers: { kept: {}, tau: null, rest: null } },
      "200": { count: 3, bodies: {}, headers: { kept: {}, tau: null, rest: null } },
    },
  });
  const report = scanReport({
    services: [aService({ requests: 4 })],
    endpoints: [anEndpoint({ facts })],
    health,
  });
  expect(report.endpoints[0]).toMatchObject({
    method: "GET",
    authority: "shop.test",
    path: "/orders/{orderId}",
    requests: 4,
    first_seen: "2026-11-02T12:00:00.000Z",
    statuses: { "200": 3, "404": 1 },
    auth: [{ scheme: "bearer-jwt", name: "authorization", requests: 4, successes: 3 }],
    data_classes: [{ data_class: "email", place: "response.body", field: "user.email", exchanges: 3 }],
    callers: [{ address: "10.0.0.9", agent: "curl", requests: 4 }],
    standing: "shadow",
  });
  expect(report.services).toEqual([
    {
      authority: "shop.test",
      requests: 4,
      first_seen: "2026-11-02T12:00:00.000Z",
      last_seen: "2026-11-02T12:01:00.000Z",
      endpoints: 1,
      shadow: 1,
      ai: 0,
    },
  ]);
  expect(report.capture.counters).toEqual({ packets: 7 });
  expect(report.capture.weirds).toEqual({ "tcp.gap": 1 });
});

test("order of the inventory does not show", () => {
  const endpoints = ["/a", "/b", "/c"].map((path) => anEndpoint({ path }));
  const services = ["z.test", "a.test"].map((authority) => aService({ authority }));
  const straight = scanReport({ services, endpoints, health: [] });
  const turned = scanReport({
    services: services.toReversed(),
    endpoints: endpoints.toReversed(),
    health: [],
  });
  expect(turned).toEqual(straight);
});

test("an orphan has no times and no requests", () => {
  const report = scanReport({
    services: [],
    endpoints: [anEndpoint({ standing: "orphan", facts: null })],
    health: [],
  });
  expect(report.endpoints[0]).toMatchObject({
    standing: "orphan",
    requests: 0,
    first_seen: null,
    last_seen: null,
  });
});
