// What the Kubernetes formats share: names that fit, networks of peers.
import { expect, test } from "vitest";
import {
  labelsOf,
  manifest,
  metadataOf,
  networksOf,
  peerName,
} from "../../../../src/report/segmentation/manifest.ts";
import { segmentationPlan } from "../../../../src/inventory/segmentation.ts";
import { NOON } from "../../../support/builders.ts";
import { aCaller, aPlace, calledBy, NOWHERE } from "../../../support/callers.ts";

const options = { from: NOON, until: NOON, now: NOON, placeOf: NOWHERE };

test("a name keeps within 63 characters, whatever the service is called", () => {
  const plan = segmentationPlan("x".repeat(80), [], options);
  expect(metadataOf(plan, "ingress")).toMatchObject({ name: `${"x".repeat(55)}-ingress` });
});

test("peers: a workload by label or networks, an address by itself", () => {
  const place = aPlace({ name: "a", addresses: ["10.0.0.0/8", "fd00::1", "10.1.1.1"] });
  const bare = { ...place, labels: {} };
  expect(labelsOf({ kind: "workload", place })).toEqual({ app: "a" });
  expect(labelsOf({ kind: "workload", place: bare })).toBeNull();
  expect(networksOf({ kind: "workload", place: bare })).toEqual(["10.0.0.0/8", "fd00::1/128", "10.1.1.1/32"]);
  expect([peerName({ kind: "workload", place }), peerName({ kind: "address", cidr: "10.0.0.1/32" })]).toEqual(
    ["a", "10.0.0.1/32"],
  );
});

test("a long list of blocked calls is cut, and says so", () => {
  const probes = Array.from({ length: 25 }, (_, index) =>
    calledBy([aCaller("10.0.0.1")], { path: `/p${index}`, confidence: "noise" }),
  );
  const text = manifest(segmentationPlan("a.test", probes, options), {}, { operations: true });
  expect(text).toContain("Would have been blocked in the last 30 days: 25 kinds of calls.");
  expect(text).toContain("and 5 more; --format csv has all.");
});
