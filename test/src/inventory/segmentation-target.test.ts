// The workload behind a service: named by people, by cluster DNS, or guessed and said so.
import { expect, test } from "vitest";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import { dnsLabel, targetWorkload } from "../../../src/inventory/segmentation-target.ts";
import { aPlace, calledBy, NOWHERE } from "../../support/callers.ts";

const heard = [calledBy([], { servers: ["10.0.3.9:8443", "10.0.3.8:8080", "10.0.3.7", "[fd00::1]"] })];

test("people's word goes first", () => {
  const placeOf = createPlaceFinder([aPlace({ name: "Shop API", labels: { app: "shop" } })]);
  expect(targetWorkload("shop.test", heard, placeOf)).toEqual({
    name: "shop-api",
    namespace: "shop",
    labels: { app: "shop" },
    guessed: false,
    ports: [8080, 8443],
  });
});

test.each([
  ["orders.shop.svc.cluster.local:8080", "orders", "shop"],
  ["orders.shop.svc", "orders", "shop"],
  ["orders.shop.example.com", "orders", null],
  ["10.0.0.1:80", "10", null],
  ["[::1]:80", "1", null],
  ["*", "service", null],
])("%s is %s in %s", (service, name, namespace) => {
  expect(targetWorkload(service, heard, NOWHERE)).toMatchObject({
    name,
    namespace,
    labels: { "app.kubernetes.io/name": name },
    guessed: true,
  });
});

test.each([
  ["Äpfel & Birnen", "pfel-birnen"],
  ["-a-", "a"],
  ["", "service"],
  ["x".repeat(80), "x".repeat(63)],
  [`${"x".repeat(62)}-y`, "x".repeat(62)],
])("%s as a label is %s", (text, label) => {
  expect(dnsLabel(text)).toBe(label);
});
