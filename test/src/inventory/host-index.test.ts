// Hosts by what they serve and what they call.
import { expect, test } from "vitest";
import { createHostIndex } from "../../../src/inventory/host-index.ts";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import { aCaller, aPlace, calledBy } from "../../support/callers.ts";

test("a host is a workload where people said so, else its address", () => {
  const placeOf = createPlaceFinder([aPlace({ name: "agents", kind: "agents", addresses: ["10.0.3.0/24"] })]);
  const a = calledBy([aCaller("10.0.3.1"), aCaller("10.0.3.2"), aCaller("*"), aCaller("")], { path: "/a" });
  const b = calledBy([aCaller("10.1.0.1")], { path: "/b", servers: ["10.0.3.9:80", "unknown"] });
  const noise = calledBy([aCaller("10.9.9.9")], { path: "/n", confidence: "noise" });
  const index = createHostIndex([b, noise, a], placeOf);
  expect(index.callersOf(a)).toEqual([{ id: "workload:agents", name: "agents", kind: "agents" }]);
  expect(index.serversOf(b).map(({ id }) => id)).toEqual(["workload:agents"]);
  expect(index.calledBy("workload:agents")).toEqual([a]);
  expect(index.servedBy("workload:agents")).toEqual([b]);
  expect(index.servedBy("address:10.1.0.1")).toEqual([a]);
  expect(index.calledBy("nobody")).toEqual([]);
  expect([...index.hosts.keys()].sort()).toEqual(["address:10.1.0.1", "workload:agents"]);
});
