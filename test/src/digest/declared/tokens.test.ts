import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { labelTokens, token } from "../../../../src/digest/declared/tokens.ts";
import { createSafeName } from "../../../../src/digest/names.ts";

const safeName = createSafeName((text) => text.startsWith("sk-"));

describe("names of services", () => {
  test.each([
    "orders",
    "shop-orders",
    "ORDERS-SERVICE",
    "orders_v2",
    "com.shop.orders",
    "3scale",
    "orderMgmtSvc",
    "s3",
    "ip-10-0-0-1",
    "reports-2024-05",
    "oauth2-proxy",
  ])("%s is one", (text) => {
    expect(token(text, safeName)).toBe(text.toLowerCase());
  });
  test.each([
    ["nothing", ""],
    ["a number", "12345"],
    ["an address", "10.0.0.1"],
    ["a UUID", "550e8400-e29b-41d4-a716-446655440000"],
    ["a UUID behind a name", "orders-550e8400-e29b-41d4-a716-446655440000"],
    ["an address of mail", "anna@shop.test"],
    ["a secret", "sk-orders"],
    ["a pod", "orders-7d9f8b6c5d-x2x9z"],
    ["a long number", "customer-4711001"],
    ["random letters", "cus_aB3dE5fG7hJ9kL1"],
    ["words", "our orders"],
    ["markup", "<b>orders</b>"],
    ["a formula", "=orders"],
    ["escapes", "\u001b[31morders"],
    ["a path", "shop/orders"],
    ["a date", "2024-05-01"],
    ["a birthday behind a name", "max.muster_1980-01-31"],
    ["a number in parts behind a name", "tel-0171-234-567"],
    ["too much", "orders".repeat(20)],
    ["a name with a dash at its end", "orders-"],
  ])("%s is none", (_, text) => {
    expect(token(text, safeName)).toBeNull();
  });
  test("whatever comes is refused or a word of DNS", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(token(text, safeName) ?? "ok").toMatch(/^[a-z0-9._-]{1,63}$/);
      }),
    );
  });
});

describe("labels", () => {
  test("keys of Kubernetes with words for values, in order", () => {
    const labels = {
      "team.shop.test/name": "Orders",
      app: "orders",
      "app.kubernetes.io/version": "next",
      "pod-template-hash": "words",
      build: "7d9f8b6c5d",
      mail: "anna@shop.test",
      "not a key": "x",
      ["5".repeat(12)]: "x",
    };
    expect(labelTokens(labels, safeName)).toEqual(["app=orders", "team.shop.test/name=orders"]);
  });
  test("of too many the same ones are kept whatever their order", () => {
    const keys = Array.from(
      { length: 30 },
      (_, n) => `label-${String.fromCodePoint(97 + (n % 26)).repeat(n + 1)}`,
    );
    const from = (names: readonly string[]) =>
      labelTokens(Object.fromEntries(names.map((key) => [key, "x"])), safeName);
    expect(from(keys)).toHaveLength(8);
    expect(from(keys.toReversed())).toEqual(from(keys));
  });
});
