import { describe, expect, test } from "vitest";
import { createDigest } from "../../../../src/digest/digest.ts";
import type { DigestOptions } from "../../../../src/digest/digest.ts";
import type { DeclaredFacts } from "../../../../src/model/declared.ts";
import type { Header } from "../../../../src/model/exchange.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import type { Parts } from "../an-exchange.ts";
import { anExchange } from "../an-exchange.ts";
import { struct } from "./a-struct.ts";

const INSIDE = { address: "10.0.0.9", port: 40_000 };

function heard(parts: Parts, options: Partial<DigestOptions> = {}) {
  const { digest } = createDigest({ dataClasses: [], hash32, ...options });
  const { facts } = digest(anExchange({ client: INSIDE, ...parts }));
  const [caller] = Object.values(facts.callers.kept);
  return { answers: Object.values(facts.declared?.kept ?? {}).map(shown), caller: caller?.workload };
}

function shown({ kind, name, namespace, labels, place, header }: DeclaredFacts): string {
  return [place, header, kind, `${namespace ?? ""}/${name ?? ""}`, ...labels]
    .filter((part) => part !== null)
    .join(" ");
}

const request = (...headers: readonly Header[]): Parts => ({ request: { headers } });
const response = (...headers: readonly Header[]): Parts => ({ response: { headers } });

describe("who answers", () => {
  test("a response says it, whoever asked", () => {
    const { answers } = heard({
      client: { address: "203.0.113.7", port: 1 },
      ...response(["content-type", "text/plain"], ["x-service-name", "Orders"]),
    });
    expect(answers).toEqual(["response.header x-service-name service /orders"]);
  });
  test("labels come with Istio's metadata", () => {
    const metadata = struct({ WORKLOAD_NAME: "orders", NAMESPACE: "shop", LABELS: { team: "core" } });
    expect(heard(response(["x-envoy-peer-metadata", metadata.toString("base64")])).answers).toEqual([
      "response.header x-envoy-peer-metadata workload shop/orders team=core",
    ]);
  });
  test("a namespace may stand in a header beside", () => {
    const { answers } = heard(
      request(["knative-serving-namespace", "shop"], ["knative-serving-revision", "orders-00004"]),
    );
    expect(answers).toEqual(["request.header knative-serving-revision service shop/orders"]);
  });
  test("two that differ stand beside each other", () => {
    const { answers } = heard({
      ...request(["l5d-dst-canonical", "orders.shop.svc.cluster.local:80"]),
      ...response(["x-service-name", "legacy"]),
    });
    expect(answers.toSorted()).toEqual([
      "request.header l5d-dst-canonical service shop/orders",
      "response.header x-service-name service /legacy",
    ]);
  });
  test("what a client outside writes into its request counts for nothing", () => {
    const forged = request(
      ["x-envoy-decorator-operation", "orders.shop.svc:80/*"],
      ["dapr-caller-app-id", "admin"],
    );
    expect(heard({ ...forged, client: { address: "203.0.113.7", port: 1 } })).toEqual({
      answers: [],
      caller: undefined,
    });
    expect(heard(forged).caller).toBe("admin");
  });
  test("a name nobody may keep leaves the namespace beside it", () => {
    const by = "By=spiffe://cluster.local/ns/shop/sa/550e8400-e29b-41d4-a716-446655440000";
    expect(heard(request(["x-forwarded-client-cert", by])).answers).toEqual([
      "request.header x-forwarded-client-cert account shop/",
    ]);
  });
  test("a source may say it beside the message", () => {
    const { answers, caller } = heard({
      declared: [
        { role: "answers", kind: "service", name: "orders", namespace: "shop", labels: { team: "core" } },
        { role: "answers", kind: "service", name: "anna@shop.test" },
        { role: "calls", kind: "workload", name: "web", namespace: "front" },
      ],
    });
    expect(answers).toEqual(["log service shop/orders team=core"]);
    expect(caller).toBe("front/web");
  });
  test("operators name their own headers", () => {
    const options = { serviceHeaders: ["x-shop-app", "caller:x-from"] };
    const parts = { ...request(["x-from", "web"]), ...response(["x-shop-app", "orders"]) };
    expect(heard(parts, options)).toEqual({
      answers: ["response.header x-shop-app service /orders"],
      caller: "web",
    });
    expect(heard(parts)).toEqual({ answers: [], caller: undefined });
  });
});

test("a caller from outside is not the gateway it came through", () => {
  const uri = "By=spiffe://c/ns/shop/sa/orders;URI=spiffe://c/ns/edge/sa/gateway";
  const through = (user: string) =>
    heard(request(["x-forwarded-for", user], ["x-forwarded-client-cert", uri])).caller;
  expect([through("203.0.113.7"), through("10.0.0.7")]).toEqual([undefined, "edge/gateway"]);
});

test("who calls: the certificate before what others say", () => {
  const uri = "By=spiffe://c/ns/shop/sa/orders;URI=spiffe://c/ns/front/sa/web";
  expect(heard(request(["baggage", "service.name=else"], ["x-forwarded-client-cert", uri])).caller).toBe(
    "front/web",
  );
});

test("what is meant is looked up anew for each list of names, and remembered for the same", () => {
  const { digest } = createDigest({ dataClasses: [], hash32 });
  const names = ["a", "b", "a"].map((name, index) => {
    const headers: readonly Header[] = [
      [`x-${name}`, "zzz"],
      ["x-service-name", `orders${"abc".charAt(index)}`],
    ];
    return Object.values(digest(anExchange({ response: { headers } })).facts.declared?.kept ?? {})[0]?.name;
  });
  expect(names).toEqual(["ordersa", "ordersb", "ordersc"]);
});

test("a header many times over declares a bounded number", () => {
  const many = Array.from({ length: 500 }, (_, n): Header => [
    "x-service-name",
    `orders${"x".repeat(n % 40)}`,
  ]);
  expect(heard(response(...many)).answers.length).toBeLessThanOrEqual(8);
});
