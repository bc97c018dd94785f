// Hosts by what they serve and what they call, of rows that share what is the same.
import { expect, test } from "vitest";
import { createHostFinder, hostIndexOf, networkRow } from "../../../src/inventory/host-index.ts";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { anEndpoint } from "../../support/builders.ts";
import { aCaller, aPlace, calledBy, NOWHERE } from "../../support/callers.ts";

const placeOf = createPlaceFinder([aPlace({ name: "agents", kind: "agents", addresses: ["10.0.3.0/24"] })]);
const AGENTS = { id: "workload:agents", name: "agents", kind: "agents" };

test("a host is a workload where people said so, else its address", () => {
  const a = calledBy([aCaller("10.0.3.1"), aCaller("10.0.3.2"), aCaller("*"), aCaller("")], { path: "/a" });
  const b = calledBy([aCaller("10.1.0.1")], { path: "/b", servers: ["10.0.3.9:80", "unknown"] });
  const noise = calledBy([aCaller("10.9.9.9")], { path: "/n", confidence: "noise" });
  const index = hostIndexOf([b, noise, a], placeOf);
  const [first, second] = [...index.rows].sort((x, y) => (x.path < y.path ? -1 : 1));
  expect(first?.callers).toEqual([{ host: AGENTS, requests: 100 }]);
  expect(second?.servers).toEqual([AGENTS]);
  expect(second?.servers[0]).toBe(first?.callers[0]?.host);
  expect(index.calledBy("workload:agents")).toEqual([first]);
  expect(index.calledBy("nobody")).toEqual([]);
  expect(index.hosts.map(({ id }) => id)).toEqual(["address:10.1.0.1", "workload:agents"]);
});

test("a row keeps what reaching hangs on", () => {
  const hostAt = createHostFinder(NOWHERE);
  const outside = calledBy([aCaller("203.0.113.1")], {
    servers: ["198.51.100.1:443"],
    ai: { ...NO_AI, verdict: "confirmed", kind: "chat-completion", role: "consumer" },
    facts: { dataClasses: [{ dataClass: "iban", place: "response.body", field: "", exchanges: 1 }] },
  });
  expect(networkRow(outside, hostAt)).toMatchObject({
    ai: "vendor",
    aiKind: "chat-completion",
    exposure: "external",
    servedFrom: "external",
    dataClasses: ["iban"],
  });
  expect(networkRow(calledBy([aCaller("10.0.0.1")]), hostAt)).toMatchObject({
    ai: null,
    exposure: "internal",
    servedFrom: "internal",
  });
  const own = createHostFinder(createPlaceFinder([], { internal: ["203.0.113.0/24"], external: [] }));
  expect(networkRow(outside, own)).toMatchObject({ exposure: "internal", servedFrom: "external" });
  expect(networkRow(anEndpoint({ facts: null }), hostAt)).toBeNull();
});
