// Exported rules: valid by the published schemas, exact in what they allow, inert whatever traffic wrote into names.
import { AuthorizationPolicy } from "@kubernetes-models/istio/security.istio.io/v1";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { createPlaceFinder } from "../../src/inventory/places.ts";
import { segmentationPlan } from "../../src/inventory/segmentation.ts";
import type { SegmentationPlan } from "../../src/inventory/segmentation-types.ts";
import { loadUnits } from "../../src/ops/units.ts";
import type { SegmentationFormat } from "../../src/report/segmentation/segmentation-format.ts";
import { NOON } from "../support/builders.ts";
import { ciliumComplaints } from "../support/schemas/cilium.ts";
import { aCaller, aPlace, calledBy, DAY } from "../support/callers.ts";

const formats = await loadUnits<SegmentationFormat>(
  new URL("../../src/report/segmentation/formats/", import.meta.url),
);

const HOSTILE = "/x\n- fromEntities: [all]\u001b[2J\u202e\"'#{a}*=cmd()";
const placeOf = createPlaceFinder([
  aPlace({ name: "checkout" }),
  aPlace({ name: "batch", addresses: ["10.5.0.0/16", "10.6.0.1"], labels: {}, serviceAccount: null }),
  aPlace({ name: "orders", addresses: ["10.1.0.1"], labels: { app: "orders" } }),
]);
const options = { from: NOON - 90 * DAY, until: NOON + 15 * DAY, now: NOON + 20 * DAY, placeOf };
const full = segmentationPlan(
  "orders.shop.svc.cluster.local",
  [
    calledBy([aCaller("10.0.3.4"), aCaller("10.5.1.1"), aCaller("198.51.100.7")], {
      path: "/v1/orders/{orderId}.json",
    }),
    calledBy([aCaller("10.0.3.4")], { path: "/v1/orders", method: "POST" }),
    calledBy([aCaller("10.0.3.4")], { path: "/files/{path}", parameters: [{ name: "path", class: "tail" }] }),
    calledBy([aCaller("10.0.3.4")], { path: HOSTILE, method: "GET" }),
    calledBy([aCaller("10.0.9.9", { firstSeen: NOON + 16 * DAY, lastSeen: NOON + 19 * DAY })], {
      path: "/v1/late",
    }),
    calledBy([aCaller("10.0.3.4", { lastSeen: NOON + 19 * DAY })], { path: "/.env", confidence: "noise" }),
  ],
  options,
);
const empty = segmentationPlan("=nobody.test\u202e", [], options);

const rendered = (id: string, plan: SegmentationPlan = full): string => formats.get(id)?.render(plan) ?? "";

describe.each([...formats.values()].map((format) => ({ id: format.id, format })))("$id", ({ format }) => {
  test.each([
    ["full", full],
    ["empty", empty],
  ])("%s: one document, ends its last line, hides nothing", (_name, plan) => {
    const text = format.render(plan);
    expect(text).toMatch(/\n$/);
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(format.render(plan)).toBe(text);
    const documents = format.mediaType === "application/yaml" ? parseAllDocuments(text) : [text];
    expect(documents).toHaveLength(1);
  });
});

describe("is what the cluster takes", () => {
  test.each([
    ["full", full],
    ["empty", empty],
  ])("%s", (_name, plan) => {
    // Each throws for a field that is missing, unknown or of another type.
    new NetworkPolicy(parse(rendered("networkpolicy", plan))).validate();
    new AuthorizationPolicy(parse(rendered("istio", plan))).validate();
    expect(ciliumComplaints(parse(rendered("cilium", plan)))).toEqual([]);
  });
  test("a wrong field would be found", () => {
    expect(() => new NetworkPolicy({ spec: { podSelector: 3 } } as never).validate()).toThrow(/podSelector/);
    expect(() => new AuthorizationPolicy({ spec: { action: "MAYBE" } } as never).validate()).toThrow(
      /action/,
    );
    const policy = parse(rendered("cilium"));
    policy.spec.ingress[0].toPorts[0].ports[0].port = 80;
    policy.spec.ingress[0].fromNowhere = [];
    expect(ciliumComplaints(policy)).toEqual([
      expect.stringContaining("/spec/ingress/0 must NOT have additional properties"),
      expect.stringContaining("/spec/ingress/0/toPorts/0/ports/0/port must be string"),
    ]);
  });
});

test("NetworkPolicy: pods by label, others by network, ports as heard", () => {
  expect(parse(rendered("networkpolicy")).spec).toEqual({
    podSelector: { matchLabels: { app: "orders" } },
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } },
            podSelector: { matchLabels: { app: "checkout" } },
          },
        ],
        ports: [{ protocol: "TCP", port: 8080 }],
      },
      { from: [{ ipBlock: { cidr: "198.51.100.7/32" } }], ports: [{ protocol: "TCP", port: 8080 }] },
      {
        from: [{ ipBlock: { cidr: "10.5.0.0/16" } }, { ipBlock: { cidr: "10.6.0.1/32" } }],
        ports: [{ protocol: "TCP", port: 8080 }],
      },
    ],
  });
  expect(parse(rendered("networkpolicy", empty)).spec.ingress).toEqual([]);
});

test("Cilium: paths match what was heard, as a whole, and nothing beside it", () => {
  const [first] = parse(rendered("cilium")).spec.ingress;
  const rules = first.toPorts[0].rules.http as { method: string; path: string }[];
  const allows = (method: string, path: string) =>
    rules.some(
      (rule) =>
        new RegExp(`^(?:${rule.method})$`).test(method) && new RegExp(`^(?:${rule.path})$`).test(path),
    );
  expect(
    [
      ["GET", "/v1/orders/7.json"],
      ["POST", "/v1/orders"],
      ["GET", "/files/a/b/c"],
      ["GET", HOSTILE.replace("{a}", "7")],
      ["GET", "/v1/orders"],
      ["POST", "/v1/orders/7.json"],
      ["GET", "/v1/orders/7/items.json"],
      ["GET", "/v1/orders/7xjson"],
      ["GET", "/.env"],
    ].map(([method = "", path = ""]) => allows(method, path)),
  ).toEqual([true, true, true, true, false, false, false, false, false]);
});

test("Cilium: without readable traffic, or without a port, no paths", () => {
  const hidden = parse(rendered("cilium", { ...full, cleartext: false }));
  expect(hidden.spec.ingress[0].toPorts[0].rules).toBeUndefined();
  const portless = parse(rendered("cilium", { ...full, target: { ...full.target, ports: [] } }));
  expect(portless.spec.ingress[0].toPorts).toBeUndefined();
  expect(parse(rendered("cilium", empty)).spec.ingress).toEqual([{}]);
});

test("Istio: identities where they are known, networks elsewhere, whole segments as templates", () => {
  const { spec } = parse(rendered("istio"));
  expect(spec.rules[0].from).toEqual([{ source: { principals: ["cluster.local/ns/shop/sa/checkout"] } }]);
  expect(spec.rules[2].from).toEqual([{ source: { ipBlocks: ["10.5.0.0/16", "10.6.0.1/32"] } }]);
  expect(spec.rules[2].to).toEqual([
    { operation: { methods: ["GET"], paths: ["/v1/orders/{*}"], ports: ["8080"] } },
  ]);
  const paths = spec.rules[0].to.flatMap(
    ({ operation }: { operation: { paths: string[] } }) => operation.paths,
  );
  expect(paths).toEqual(expect.arrayContaining(["/files/{**}", "/v1/orders"]));
  expect(parse(rendered("istio", empty)).spec).toEqual({
    selector: { matchLabels: { "app.kubernetes.io/name": "nobody" } },
    action: "ALLOW",
  });
});

test("comments say what was heard, what is uncertain and what would have been blocked, and stay comments", () => {
  const head = rendered("networkpolicy")
    .split("\n")
    .filter((line) => line.startsWith("#"));
  expect(head[0]).toBe(
    "# Least-privilege ingress for orders.shop.svc.cluster.local, from traffic heard from 2026-08-04 12:00 UTC to 2026-11-17 12:00 UTC.",
  );
  expect(head).toContain("# Allows checkout: 200 requests, last on 2026-11-12 12:00 UTC.");
  expect(head.join("\n")).toContain(
    "10.0.9.9 GET /v1/late, 50 requests: first heard after the evidence ended",
  );
  // The probe of an allowed caller passes where only addresses count.
  expect(head.join("\n")).not.toContain("/.env");
  expect(rendered("istio")).toContain("/.env");
  expect(Object.keys(parse(rendered("networkpolicy", empty)))).toEqual([
    "apiVersion",
    "kind",
    "metadata",
    "spec",
  ]);
});

test("CSV has all of it, one line each, and no formula", () => {
  const text = rendered("csv");
  expect(text.split("\r\n").map((line) => line.split(",")[0])).toEqual([
    "action",
    ...Array.from({ length: 6 }, () => "allow"),
    "blocked",
    "blocked",
    "",
  ]);
  expect(rendered("csv", empty)).toContain("\"'=nobody.test");
  expect(text).not.toMatch(/(^|,)"?[=+@]/m);
});
