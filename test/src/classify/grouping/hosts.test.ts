import { describe, expect, test } from "vitest";
import { decide } from "../../../../src/classify/grouping/decide.ts";
import { groupHosts } from "../../../../src/classify/grouping/hosts.ts";
import { createRoutes } from "../../../../src/classify/grouping/routes.ts";
import { aRoute } from "../../../support/routes.ts";

const SHOP = ["/orders", "/customers", "/invoices", "/settings"];

function service(authority: string, paths: readonly string[] = SHOP) {
  const routes = createRoutes();
  routes.add(paths.map((path) => aRoute(path, { shape: path })));
  const context = {
    documented: () => ({ kind: "none", reason: "" }) as const,
    documentTemplates: [],
    pins: [],
    previous: [],
  };
  return { authority, templates: decide(routes, context).list() };
}

describe("hosts of one service", () => {
  test("tenants", () => {
    expect(groupHosts([service("acme.shop.example"), service("globex.shop.example")])).toEqual([
      {
        pattern: "{tenant}.shop.example",
        variable: "tenant",
        members: [
          { authority: "acme.shop.example", value: "acme" },
          { authority: "globex.shop.example", value: "globex" },
        ],
      },
    ]);
  });

  test("regions are called so, ports stay", () => {
    const [group] = groupHosts([
      service("us-east-1.api.example.com:8443"),
      service("eu-west-1.api.example.com:8443"),
    ]);
    expect(group).toMatchObject({ pattern: "{region}.api.example.com:8443", variable: "region" });
  });

  test.each([
    [
      "other routes",
      [service("acme.shop.example"), service("globex.shop.example", ["/a", "/b", "/c", "/d"])],
    ],
    ["other registered domains", [service("shop.acme.com"), service("shop.globex.com")]],
    ["a country's suffix", [service("acme.co.uk"), service("globex.co.uk")]],
    ["addresses", [service("10.0.0.1"), service("10.0.0.2")]],
    ["production and its test bed", [service("api.shop.example.com"), service("staging.shop.example.com")]],
    [
      "too little in common",
      [service("a1.shop.example", ["/health"]), service("b1.shop.example", ["/health"])],
    ],
  ])("not with %s", (_why, services) => {
    expect(groupHosts(services)).toEqual([]);
  });

  test("order does not matter", () => {
    const services = [
      service("acme.shop.example"),
      service("globex.shop.example"),
      service("initech.shop.example"),
    ];
    expect(groupHosts([...services].reverse())).toEqual(groupHosts(services));
  });
});
