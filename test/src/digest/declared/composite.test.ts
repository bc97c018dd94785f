import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  baggage,
  certificateBy,
  certificateUri,
  istioMetadata,
} from "../../../../src/digest/declared/composite.ts";
import { bytesField, struct } from "./a-struct.ts";

describe("x-forwarded-client-cert", () => {
  const sole =
    'By=spiffe://cluster.local/ns/shop/sa/orders;Hash=aa11;Subject="O=Shop, CN=web;URI=spiffe://x/ns/evil/sa/evil";URI=spiffe://cluster.local/ns/web/sa/front';
  test("who was spoken to, and who speaks; what stands in quotes is neither", () => {
    expect(certificateBy(sole)).toEqual({ kind: "account", name: "orders", namespace: "shop" });
    expect(certificateUri(sole)).toEqual({ kind: "account", name: "front", namespace: "web" });
  });
  test("of several proxies the nearest, whose entry is the last", () => {
    const later = "By=spiffe://cluster.local/ns/pay/sa/pay;URI=spiffe://cluster.local/ns/shop/sa/orders";
    expect(certificateBy(`${sole},${later}`)).toMatchObject({ name: "pay" });
    expect(certificateUri(`${sole},${later}`)).toMatchObject({ name: "orders" });
  });
  test.each(["", "Hash=aa", 'By="', "By=https://shop.test", `By=${"a".repeat(20_000)}`])(
    "%s: nobody",
    (text) => {
      expect([certificateBy(text), certificateUri(text)]).toEqual([null, null]);
    },
  );
});

describe("baggage", () => {
  test.each([
    ["userId=alice,service.name=web%2Dfront,k8s.namespace.name=shop", ["service", "web-front", "shop"]],
    ["k8s.namespace.name=shop;p=1, k8s.deployment.name=web", ["workload", "web", "shop"]],
    ["k8s.namespace.name=shop", ["workload", undefined, "shop"]],
  ])("%s", (text, wanted) => {
    const said = baggage(text);
    expect([said?.kind, said?.name, said?.namespace]).toEqual(wanted);
  });
  test.each(["", "userId=alice", "service.name=", "=,;"])("%s: nobody", (text) => {
    expect(baggage(text)).toBeNull();
  });
  test("broken percent-encoding is text", () => {
    expect(baggage("service.name=a%zz")?.name).toBe("a%zz");
  });
});

describe("x-envoy-peer-metadata", () => {
  const encoded = (fields: Parameters<typeof struct>[0]) => struct(fields).toString("base64");
  test("workload, namespace and labels", () => {
    const metadata = {
      NAME: "orders-7d9f8b6c5d-x2x9z",
      NAMESPACE: "shop",
      WORKLOAD_NAME: "orders",
      LABELS: { app: "orders", team: "core" },
    };
    expect(istioMetadata(encoded(metadata))).toEqual({
      kind: "workload",
      name: "orders",
      namespace: "shop",
      labels: { app: "orders", team: "core" },
    });
  });
  test("without a workload, what its pod is called after", () => {
    expect(istioMetadata(encoded({ NAME: "orders-7d9f8b6c5d-x2x9z" }))).toMatchObject({ name: "orders" });
  });
  test("names of prototypes are names", () => {
    const { labels } = istioMetadata(encoded({ NAMESPACE: "shop", LABELS: { ["__proto__"]: "x" } })) ?? {};
    expect(Object.keys(labels ?? {})).toEqual([]);
  });
  test.each(["", "AAAA", "not base64!", bytesField(1, Buffer.from("x")).toString("base64")])(
    "%s: nobody",
    (text) => {
      expect(istioMetadata(text)).toBeNull();
    },
  );
  test("never throws, whatever comes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(() => istioMetadata(Buffer.from(bytes).toString("base64"))).not.toThrow();
      }),
    );
  });
});
