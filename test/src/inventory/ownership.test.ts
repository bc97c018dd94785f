// Which claim holds, what stays visible beside it, and what rules match.
import { describe, expect, test } from "vitest";
import type { OwnerRule } from "../../../src/inventory/ownership.ts";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import { compileOwnerRules, hostOf, namespaceOf, settleOwner } from "../../../src/inventory/ownership.ts";
import type { OwnerClaim } from "../../../src/model/governance.ts";
import { aPlace, calledBy } from "../../support/callers.ts";
import { anEndpoint } from "../../support/builders.ts";

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

describe("rules", () => {
  const check = compileOwnerRules([
    { owner: "web", host: "*.shop.test" },
    { owner: "orders", host: "*.shop.test", path: "/orders/**" },
    { owner: "data", namespace: "data-*" },
  ]);
  test("the last rule that fits speaks, and says which it is", () => {
    expect(check(anEndpoint({ authority: "api.shop.test:8443" }))).toMatchObject({
      owner: "orders",
      source: "rule",
      reason: "rule 2 (host *.shop.test, path /orders/**)",
    });
    expect(check(anEndpoint({ authority: "api.shop.test", path: "/cart" }))?.owner).toBe("web");
    expect(check(anEndpoint({ authority: "api.other.test" }))).toBeNull();
  });
  test("namespaces are read off cluster names", () => {
    expect(check(anEndpoint({ authority: "etl.data-eu.svc.cluster.local:80" }))?.owner).toBe("data");
    expect(namespaceOf("etl.data-eu.svc")).toBe("data-eu");
    expect(namespaceOf("etl.data-eu.example")).toBeNull();
  });
  test("workloads, their labels and their namespaces come from the file of places", () => {
    const placeOf = createPlaceFinder([
      aPlace({
        name: "checkout",
        addresses: ["10.1.0.1"],
        namespace: "pay",
        labels: { team: "pay", app: "c" },
      }),
    ]);
    const owner = (rule: Omit<OwnerRule, "owner">, servers = ["10.1.0.1:8080"]) =>
      compileOwnerRules([{ owner: "x", ...rule }], placeOf)(calledBy([], { servers }));
    expect(owner({ workload: "check*" })?.reason).toBe("rule 1 (workload check*)");
    expect(owner({ namespace: "pay" })?.owner).toBe("x");
    expect(owner({ labels: { team: "pay", app: "c" } })?.reason).toBe("rule 1 (label team pay, label app c)");
    expect(owner({ labels: { team: "pay", app: "d" } })).toBeNull();
    expect(owner({ workload: "checkout" }, ["10.1.0.2:8080"])).toBeNull();
  });
  test("a rule without conditions fits nothing", () => {
    expect(compileOwnerRules([{ owner: "all" }])(anEndpoint())).toBeNull();
  });
  test("ports are no part of a host", () => expect(hostOf("[::1]:80")).toBe("[::1]"));
});
