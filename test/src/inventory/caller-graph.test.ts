// Who talks to whom: named by workload, address or range; the same graph whatever the order.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callerGraph, hostOf } from "../../../src/inventory/caller-graph.ts";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { NOON } from "../../support/builders.ts";
import { aCaller, aPlace, calledBy, DAY, NOWHERE } from "../../support/callers.ts";

const services = { level: "service", placeOf: NOWHERE } as const;
const endpoints = { level: "endpoint", placeOf: NOWHERE } as const;

test("an edge says how much, since when, with what", () => {
  const auth = [{ scheme: "bearer-jwt", name: null, requests: 1, successes: 1 }] as const;
  const dataClasses = [{ dataClass: "iban", place: "response.body", field: "", exchanges: 1 }] as const;
  const graph = callerGraph(
    [
      calledBy([aCaller("10.0.0.9"), aCaller("10.0.0.9", { agent: "curl", firstSeen: NOON - DAY })], {
        path: "/a",
        facts: { auth, dataClasses },
      }),
      calledBy([aCaller("10.0.0.9", { requests: 1, lastSeen: NOON + 20 * DAY })], { path: "/b" }),
    ],
    services,
  );
  expect(graph.edges).toEqual([
    {
      caller: "address:10.0.0.9",
      target: "shop.test",
      direction: "east-west",
      requests: 101,
      firstSeen: NOON - DAY,
      lastSeen: NOON + 20 * DAY,
      agents: ["curl", "okhttp"],
      auth: ["bearer-jwt"],
      dataClasses: ["iban"],
    },
  ]);
  expect(graph.targets).toEqual([
    {
      id: "shop.test",
      authority: "shop.test",
      method: null,
      path: null,
      operation: null,
      vendor: false,
      aiKind: null,
    },
  ]);
});

describe("directions", () => {
  const vendor = { ...NO_AI, verdict: "confirmed", kind: "chat-completion", role: "consumer" } as const;
  test.each([
    ["10.0.0.1", {}, "east-west"],
    ["203.0.113.1", {}, "inbound"],
    ["10.0.0.1", { servers: ["203.0.113.9:443"] }, "outbound"],
    ["10.0.0.1", { ai: vendor }, "outbound"],
    ["10.0.0.1", { servers: [] }, "unknown"],
    ["proxy.test", {}, "unknown"],
    ["203.0.113.1", { servers: ["203.0.113.9:443"] }, "unknown"],
  ] as const)("%s to %j is %s", (address, given, direction) => {
    expect(callerGraph([calledBy([aCaller(address)], given)], services).edges[0]?.direction).toBe(direction);
  });
});

test("directions go by what people said of networks", () => {
  const sides = { internal: ["203.0.113.0/24"], external: ["10.99.0.0/16"] };
  const placeOf = createPlaceFinder([], sides);
  const directionOf = (address: string) =>
    callerGraph([calledBy([aCaller(address)])], { level: "service", placeOf }).edges[0]?.direction;
  expect(["203.0.113.1", "10.99.0.1", "10.0.0.1"].map(directionOf)).toEqual([
    "east-west",
    "inbound",
    "east-west",
  ]);
});

test("a name with addresses inside and outside is outside, in whatever order they are heard", () => {
  const placeOf = createPlaceFinder([], { internal: [], external: ["10.99.0.0/16"] });
  const list = ["10.99.0.1", "10.0.0.1"].map((address, index) =>
    calledBy([aCaller(address, { workload: "shop/web" })], { id: `ep_${index}`, path: `/${index}` }),
  );
  for (const order of [list, list.toReversed()])
    expect(callerGraph(order, { level: "service", placeOf }).callers).toEqual([
      { id: "declared:shop/web", kind: "declared", name: "shop/web", exposure: "external" },
    ]);
});

test("crowded ranges are one caller, workloads go by their name, what has no address says so", () => {
  const crowd = Array.from({ length: 9 }, (_, index) => aCaller(`10.7.7.${index}`, { requests: 1 }));
  const placeOf = createPlaceFinder([aPlace({ name: "checkout" })]);
  const callers = [
    ...crowd,
    aCaller("10.0.3.4"),
    aCaller("10.0.3.5"),
    aCaller("10.8.8.8"),
    aCaller("gw"),
    aCaller("*"),
  ];
  const graph = callerGraph([calledBy(callers)], { level: "service", placeOf });
  expect(graph.callers.map(({ id }) => id)).toEqual([
    "address:10.8.8.8",
    "name:gw",
    "range:10.7.7.0/24",
    "unknown",
    "workload:checkout",
  ]);
  expect(graph.edges.find(({ caller }) => caller === "workload:checkout")?.requests).toBe(100);
  expect(graph.edges.find(({ caller }) => caller.startsWith("range"))?.requests).toBe(9);
});

test("callers go by what they are declared as, unless people or others say else", () => {
  const placeOf = createPlaceFinder([aPlace({ name: "checkout", addresses: ["10.0.3.4"] })]);
  const callers = [
    aCaller("10.0.3.4", { workload: "shop/else" }),
    aCaller("10.0.0.1", { workload: "front/web", requests: 1 }),
    aCaller("10.0.0.2", { workload: "front/web", requests: 2 }),
    aCaller("10.0.0.3", { workload: "*" }),
  ];
  const graph = callerGraph([calledBy(callers)], { level: "service", placeOf });
  expect(graph.callers.map(({ id, kind }) => [id, kind])).toEqual([
    ["address:10.0.0.3", "address"],
    ["declared:front/web", "declared"],
    ["workload:checkout", "workload"],
  ]);
  expect(graph.edges.find(({ caller }) => caller === "declared:front/web")?.requests).toBe(3);
});

test("noise is left out; edges beyond the bound are counted", () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    calledBy(
      Array.from({ length: 100 }, (_, host) => aCaller(`10.${index}.${host}.1`, { requests: host + 1 })),
      { path: `/p${index}` },
    ),
  );
  const graph = callerGraph(
    [...many, calledBy([aCaller("10.99.0.1")], { path: "/x", confidence: "noise" })],
    endpoints,
  );
  expect([graph.edges.length, graph.edgesLeftOut]).toEqual([5_000, 1_000]);
  expect(graph.callers.some(({ id }) => id === "address:10.99.0.1")).toBe(false);
  const callers = new Set(graph.callers.map(({ id }) => id));
  expect(graph.edges.every(({ caller }) => callers.has(caller))).toBe(true);
});

test("the order of endpoints changes nothing", () => {
  const chat = { ...NO_AI, verdict: "likely", kind: "chat-completion", role: "provider" } as const;
  const list = [
    calledBy([aCaller("10.0.0.1"), aCaller("10.0.0.2")], { path: "/a" }),
    calledBy([aCaller("10.0.0.2", { agent: "curl" })], { path: "/b", ai: chat }),
    calledBy([aCaller("203.0.113.4")], { path: "/c", authority: "b.test" }),
    calledBy([aCaller("10.0.0.1")], { path: "/d", servers: [] }),
  ];
  const expected = callerGraph(list, services);
  const orders = fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length });
  fc.assert(
    fc.property(orders, (order) => {
      expect(callerGraph(order, services)).toEqual(expected);
    }),
  );
});

test.each([
  ["10.0.0.1:80", "10.0.0.1"],
  ["10.0.0.1", "10.0.0.1"],
  ["[fd00::1]:80", "fd00::1"],
  ["[fd00::1]", "fd00::1"],
  ["unknown", "unknown"],
])("the host of %s is %s", (server, host) => {
  expect(hostOf(server)).toBe(host);
});
