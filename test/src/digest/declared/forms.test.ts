import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Form } from "../../../../src/digest/declared/forms.ts";
import * as forms from "../../../../src/digest/declared/forms.ts";

const { kubernetesHost, spiffeId, linkerdIdentity, istioNode, envoyCluster } = forms;
const { kongService, traefikService, revision, springContext, anyName, daprId, workloadOfPod } = forms;

const told = (form: Form, text: string): readonly unknown[] | null => {
  const said = form(text);
  return said === null ? null : [said.kind, said.name, said.namespace];
};

describe.each<[string, Form, readonly (readonly [string, readonly unknown[] | null])[]]>([
  [
    "hosts of Kubernetes",
    kubernetesHost,
    [
      ["orders.shop.svc.cluster.local:8080", ["service", "orders", "shop"]],
      ["orders.shop.svc", ["service", "orders", "shop"]],
      ["orders.shop.svc.cluster.local:9080/orders/4711?x=1", ["service", "orders", "shop"]],
      ["orders.shop.test", null],
      ["/checkout", null],
      ["ingress", null],
      ["", null],
    ],
  ],
  [
    "SPIFFE-IDs",
    spiffeId,
    [
      ["spiffe://cluster.local/ns/shop/sa/orders", ["account", "orders", "shop"]],
      ["spiffe://cluster.local/ns/shop/sa/default", ["account", undefined, "shop"]],
      ["spiffe://1234.consul/ns/default/dc/dc1/svc/web", ["service", "web", "default"]],
      ["spiffe://1234.consul/ap/main/ns/default/dc/dc1/svc/web", ["service", "web", "default"]],
      ["spiffe://default/backend_kuma-demo_svc_3001", ["service", "backend", "kuma-demo"]],
      ["spiffe://default/web", ["service", "web", undefined]],
      ["spiffe://shop.test/region/eu/host/7", null],
      ["https://shop.test/ns/shop/sa/orders", null],
      ["spiffe://", null],
    ],
  ],
  [
    "identities of Linkerd",
    linkerdIdentity,
    [
      ["web.shop.serviceaccount.identity.linkerd.cluster.local", ["account", "web", "shop"]],
      ["default.shop.serviceaccount.identity.linkerd.cluster.local", ["account", undefined, "shop"]],
      ["web.shop.svc.cluster.local", null],
    ],
  ],
  [
    "nodes of Istio",
    istioNode,
    [
      [
        "sidecar~10.33.31.142~app-server-7f75c9fb8-849vw.listing~listing.svc.cluster.local",
        ["workload", "app-server", "listing"],
      ],
      [
        "router~10.60.1.7~mine.istio-system~istio-system.svc.cluster.local",
        ["workload", undefined, "istio-system"],
      ],
      ["sidecar~10.0.0.1~orders", null],
    ],
  ],
  [
    "clusters of Envoy",
    envoyCluster,
    [
      ["outbound|80||orders.shop.svc.cluster.local", ["service", "orders", "shop"]],
      ["outbound|80|v2|orders.shop.svc.cluster.local", ["service", "orders", "shop"]],
      ["outbound|443||api.vendor.test", null],
      ["inbound|8080||", null],
      ["shop/orders/80/da39a3ee5e", ["service", "orders", "shop"]],
      ["httproute/shop/orders-route/rule/0", ["upstream", undefined, "shop"]],
      ["orders_service", ["upstream", "orders_service", undefined]],
      ["PassthroughCluster", null],
      ["-", null],
    ],
  ],
  [
    "names of servers between sidecars",
    forms.istioServerName,
    [
      ["outbound_.8000_._.httpbin.foo.svc.cluster.local", ["service", "httpbin", "foo"]],
      ["outbound_.8000_.v1_.httpbin.foo.svc.cluster.local", ["service", "httpbin", "foo"]],
      ["httpbin.foo.svc.cluster.local", null],
      ["-", null],
    ],
  ],
  [
    "services of Kong",
    kongService,
    [
      ["shop.orders.pnum-80", ["service", "orders", "shop"]],
      ["shop.orders.80", ["service", "orders", "shop"]],
      ["shop.orders.http", ["service", "orders", "shop"]],
      ["orders-api", ["service", "orders-api", undefined]],
      ["com.shop.orders", ["service", "com.shop.orders", undefined]],
    ],
  ],
  [
    "services of Traefik",
    traefikService,
    [
      ["shop-orders-80@kubernetes", ["upstream", "shop-orders", undefined]],
      ["orders@docker", ["service", "orders", undefined]],
      ["noop@internal", null],
    ],
  ],
  [
    "revisions",
    revision,
    [
      ["orders-00007", ["service", "orders", undefined]],
      ["orders--0tt8eyq", ["service", "orders", undefined]],
      ["orders", ["service", "orders", undefined]],
    ],
  ],
  [
    "contexts of Spring",
    springContext,
    [
      ["orders:prod,eu:8080", ["service", "orders", undefined]],
      ["application:8080", null],
    ],
  ],
  [
    "app ids of Dapr",
    daprId,
    [
      ["orders", ["service", "orders", undefined]],
      ["orders.shop", ["service", "orders", "shop"]],
      ["a.b.c", null],
    ],
  ],
  [
    "names in any form",
    anyName,
    [
      ["orders.shop.svc", ["service", "orders", "shop"]],
      ["spiffe://x/ns/shop/sa/orders", ["account", "orders", "shop"]],
      ["orders", ["service", "orders", undefined]],
    ],
  ],
])("%s", (_, form, rows) => {
  test.each(rows)("%s", (text, wanted) => {
    expect(told(form, text)).toEqual(wanted);
  });
  test("never throws, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab.-/|~@:_0 svcnsa") }), (text) => {
        expect(() => form(text)).not.toThrow();
      }),
    );
  });
});

test.each([
  ["orders-7d9f8b6c5d-x2x9z", "orders"],
  ["orders-worker-7f75c9fb8-849vw", "orders-worker"],
  ["node-exporter-x2x9z", "node-exporter"],
  ["kafka-0", "kafka"],
  ["orders", undefined],
  ["shop-orders", undefined],
])("the pod %s is of %s", (pod, workload) => {
  expect(workloadOfPod(pod)).toBe(workload);
});

const ALL = [kubernetesHost, spiffeId, linkerdIdentity, istioNode, envoyCluster, anyName].concat(
  kongService,
  traefikService,
  revision,
  springContext,
  daprId,
  forms.istioServerName,
);

test("long texts of repeated parts are judged at once", () => {
  const parts = ["a-".repeat(100_000), "a.".repeat(100_000), `${"-".repeat(200_000)}!`];
  for (const text of [...parts, `spiffe://a/${"ns/".repeat(50_000)}`]) {
    for (const form of ALL) form(text);
    expect(workloadOfPod(text)).toBeUndefined();
  }
});
