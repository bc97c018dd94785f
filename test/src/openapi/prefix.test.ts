import { describe, expect, test } from "vitest";
import { createMatcher } from "../../../src/openapi/match.ts";
import type { Heard } from "../../../src/openapi/prefix.ts";
import { Prefixes } from "../../../src/openapi/prefix.ts";
import { aSpec } from "./a-spec.ts";

const SPEC = aSpec(["GET /orders", "POST /orders", "GET /orders/{orderId}", "GET /{anything}/{more}"]);
const MATCHER = createMatcher([SPEC]);

function heard(...lines: readonly string[]): readonly Heard[] {
  return lines.map((line) => {
    const [method = "", path = ""] = line.split(" ");
    return { authority: "api.test", of: { method, path } };
  });
}

const BEHIND = heard("GET /gw/v2/orders", "POST /gw/v2/orders", "GET /gw/v2/orders/7");

describe("what stands before documented paths", () => {
  test("is learned from several operations below it", () => {
    const matcher = new Prefixes(MATCHER).learn(BEHIND);
    expect(matcher("api.test", "GET", "/gw/v2/orders/{int}")).toMatchObject({
      kind: "operation",
      template: "/gw/v2/orders/{orderId}",
      reason: expect.stringContaining("behind /gw/v2"),
    });
    expect(matcher("api.test", "PUT", "/gw/v2/orders/{int}").kind).toBe("path");
    expect(matcher("other.test", "GET", "/gw/v2/orders").kind).toBe("none");
    expect(matcher("api.test", "GET", "/gw/v2/elsewhere").kind).toBe("none");
  });

  test("does not depend on the order, and stays the same matcher", () => {
    const prefixes = new Prefixes(MATCHER);
    const matcher = prefixes.learn(BEHIND);
    expect(prefixes.learn([...BEHIND].reverse())).toBe(matcher);
  });

  test.each([
    ["one operation", heard("GET /admin/v1/orders")],
    ["values of variables before it", heard(...["1", "2", "3"].map((id) => `GET /{int}/${id}/orders`))],
    ["what is listed as it is", heard("GET /orders", "POST /orders", "GET /orders/1")],
    ["variables alone", heard("GET /a/b/c/d", "GET /a/b/e/f", "GET /a/b/g/h")],
  ])("is not learned from %s", (_what, rows) => {
    expect(new Prefixes(MATCHER).learn(rows)).toBe(MATCHER);
  });
});
