// Who answered and who called, as gateways, meshes and shippers write it into their lines.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { declaredIn, ingressUpstream, withShipper } from "../../../collectors/gateway-log/declared.ts";
import { flatten } from "../../../collectors/gateway-log/flat-record.ts";
import jsonAccess from "../../../collectors/log-formats/json-access.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import { anyText } from "./any-text.ts";

type Told = NonNullable<Exchange["declared"]>[number];
const shown = ({ role, kind, name = "", namespace = "", labels = {} }: Told): string =>
  [role, kind, `${namespace}/${name}`, ...Object.entries(labels).map((pair) => pair.join("="))].join(" ");
const told = (record: object): readonly string[] => (declaredIn(flatten(record as never)) ?? []).map(shown);

test.each<[string, object, readonly string[]]>([
  [
    "ingress-nginx",
    { namespace: "shop", ingress_name: "shop", service_name: "orders", service_port: "80" },
    ["answers service shop/orders"],
  ],
  [
    "ingress-nginx with the upstream alone",
    { namespace: "shop", proxy_upstream_name: "shop-orders-80", upstream_addr: "10.0.0.4:80" },
    ["answers service shop/orders"],
  ],
  [
    "an upstream of no namespace",
    { proxy_upstream_name: "shop-orders-80" },
    ["answers upstream /shop-orders"],
  ],
  [
    "Kong",
    {
      service: { name: "shop.orders.pnum-80", host: "orders.shop.80.svc", id: "5f0c" },
      route: { name: "r" },
    },
    ["answers service shop/orders"],
  ],
  ["Traefik", { ServiceName: "shop-orders-80@kubernetescrd" }, ["answers upstream /shop-orders"]],
  [
    "Envoy, from a sidecar of the caller",
    { upstream_cluster: "outbound|80||orders.shop.svc.cluster.local", kubernetes: { pod_name: "web-0" } },
    ["answers service shop/orders"],
  ],
  [
    "Envoy, from the sidecar of who answers",
    {
      upstream_cluster: "inbound|8080||",
      upstream_host: "127.0.0.1:8080",
      requested_server_name: "outbound_.80_._.orders.shop.svc.cluster.local",
      downstream_peer_uri_san: "spiffe://cluster.local/ns/front/sa/web",
      kubernetes: {
        pod_name: "orders-7d9f8b6c5d-x2x9z",
        namespace_name: "shop",
        labels: { app: "orders", "app_kubernetes_io/part-of": "shop" },
      },
    },
    [
      "answers service shop/orders",
      "answers workload shop/orders app=orders app.kubernetes.io/part-of=shop",
      "calls account front/web",
    ],
  ],
  [
    "a gateway that says only where it went: its own pod is not who answered",
    { upstream_addr: "10.0.0.4:80", kubernetes: { pod_name: "edge-0", namespace_name: "edge" } },
    [],
  ],
  ["HAProxy", { backend_name: "orders" }, ["answers upstream /orders"]],
  [
    "Google Cloud, from a container",
    {
      resource: {
        type: "k8s_container",
        labels: { namespace_name: "shop", pod_name: "orders-7d9f8b6c5d-x2x9z" },
      },
      labels: { "k8s-pod/team": "core", "compute.googleapis.com/resource_name": "node-1" },
    },
    ["answers workload shop/orders team=core"],
  ],
  [
    "Google Cloud Run",
    { resource: { type: "cloud_run_revision", labels: { service_name: "orders", location: "eu" } } },
    ["answers service /orders"],
  ],
  [
    "OpenTelemetry",
    {
      resource: {
        attributes: {
          "service.name": "orders",
          "k8s.namespace.name": "shop",
          "k8s.pod.label.team": "core",
        },
      },
    },
    ["answers service shop/orders team=core"],
  ],
  [
    "OpenTelemetry without a service",
    {
      resource: {
        attributes: {
          "k8s.namespace.name": "shop",
          "k8s.deployment.name": "orders",
          "k8s.pod.label.team": "core",
        },
      },
    },
    ["answers workload shop/orders team=core"],
  ],
  ["Datadog", { service: "orders", ddsource: "nginx" }, ["answers service /orders"]],
  [
    "Istio's telemetry",
    {
      destination_service_name: "orders",
      destination_service_namespace: "shop",
      source_workload: "web",
      source_workload_namespace: "front",
      source_principal: "cluster.local/ns/front/sa/web-account",
    },
    ["answers service shop/orders", "calls account front/web-account", "calls workload front/web"],
  ],
  [
    "a principal that is a workload, and one that is a person",
    { upstream_peer_uri_san: "spiffe://x/ns/shop/sa/orders", source_principal: "CORP/anna" },
    ["answers account shop/orders"],
  ],
  [
    "nothing of the kind",
    { method: "GET", uri: "/", service: { id: 7 }, kubernetes: "no", labels: ["a"] },
    [],
  ],
])("%s", (_, record, wanted) => {
  expect(told(record)).toEqual(wanted);
});

describe("what a shipper wrote around a line", () => {
  const record = '{"time":1714557600,"request":"GET /a HTTP/1.1","status":200}';
  const envelope = { log: record, kubernetes: { pod_name: "orders-0", namespace_name: "shop" } };
  const parsedOf = (text: string): Exchange => {
    const read = jsonAccess.parse(text);
    if (!read.ok) throw new Error(read.weird.name);
    return read.value;
  };
  test("tells of the pod that wrote it", () => {
    expect((withShipper(parsedOf(record), envelope).declared ?? []).map(shown)).toEqual([
      "answers workload shop/orders",
    ]);
  });
  test("counts for nothing where the line names somebody, or it tells nothing", () => {
    const named = parsedOf(record.replace("{", '{"service_name":"pay",'));
    expect((withShipper(named, envelope).declared ?? []).map(shown)).toEqual(["answers service /pay"]);
    expect(withShipper(parsedOf(record), { log: record }).declared).toBeUndefined();
  });
});

test("an upstream in brackets, when it is empty none", () => {
  expect([ingressUpstream("shop-orders-80")?.map(shown), ingressUpstream("")]).toEqual([
    ["answers upstream /shop-orders"],
    undefined,
  ]);
});

test("never throws, whatever stands under these keys", () => {
  const key = fc.constantFrom(
    "kubernetes",
    "labels",
    "service",
    "resource",
    "upstream_cluster",
    "namespace",
    "pod_name",
  );
  const value = fc.oneof(
    anyText(),
    fc.integer(),
    fc.jsonValue(),
    fc.constant({ __proto__: "x", labels: { "": "y" } }),
  );
  fc.assert(
    fc.property(fc.dictionary(key, value), (record) => {
      expect(() => told(record)).not.toThrow();
    }),
  );
});
