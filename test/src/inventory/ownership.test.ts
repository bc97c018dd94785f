// Which claim holds, and what stays visible beside it.
import { describe, expect, test } from "vitest";
import { clusterServiceOf, hostOf, namespaceOf, settleOwner } from "../../../src/inventory/ownership.ts";
import type { OwnerClaim } from "../../../src/model/governance.ts";

const claim = (owner: string, source: OwnerClaim["source"], confidence = 1): OwnerClaim => ({
  owner,
  source,
  confidence,
  reason: `because ${owner}`,
});

describe("claims", () => {
  test("a person beats an import, an import a rule; the others stay visible", () => {
    const claims = [
      claim("rules", "rule"),
      claim("files", "import"),
      claim("ann", "person"),
      claim("ann", "rule"),
    ];
    const { owner, conflicts, proposals } = settleOwner(claims);
    expect(owner).toMatchObject({ owner: "ann", source: "person" });
    expect(conflicts.map((one) => one.owner)).toEqual(["files", "rules"]);
    expect(proposals).toEqual([]);
  });

  test("an inference is proposed, never applied", () => {
    const { owner, proposals } = settleOwner([claim("b", "inferred", 0.5), claim("a", "inferred", 0.9)]);
    expect(owner).toBeNull();
    expect(proposals.map((one) => one.owner)).toEqual(["a", "b"]);
  });

  test("of equally strong claims the first given holds, and the other stays visible", () => {
    const claims = [claim("y", "import"), claim("x", "import"), claim("z", "rule")];
    const { owner, conflicts } = settleOwner(claims);
    expect([owner?.owner, conflicts.map((one) => one.owner)]).toEqual(["y", ["x", "z"]]);
  });
});

test("names of clusters tell service and namespace", () => {
  const told = (authority: string) => [clusterServiceOf(authority), namespaceOf(authority)];
  expect(told("etl.data-eu.svc")).toEqual(["etl", "data-eu"]);
  expect(told("etl.data-eu.svc.cluster.local:80")).toEqual(["etl", "data-eu"]);
  expect(told("etl.data-eu.example")).toEqual([null, null]);
});

test("ports are no part of a host", () => expect(hostOf("[::1]:80")).toBe("[::1]"));
