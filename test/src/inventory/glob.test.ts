// Patterns against a slow, obvious matcher, and the bound on hostile ones.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileGlob } from "../../../src/inventory/glob.ts";

const path = (pattern: string) => compileGlob(pattern, { separator: "/" });
const host = (pattern: string) => compileGlob(pattern, { separator: ".", fold: true });

describe("globs", () => {
  test.each([
    ["/orders/*", "/orders/{orderId}", true],
    ["/orders/*", "/orders/{orderId}/items", false],
    ["/orders/**", "/orders/{orderId}/items", true],
    ["/orders", "/orders", true],
    ["/orders", "/orders/1", false],
    ["/**/admin/*", "/v1/x/admin/keys", true],
    ["*", "", true],
  ])("%s of %s: %s", (pattern, text, holds) => expect(path(pattern)(text)).toBe(holds));

  test.each([
    ["*.shop.test", "API.shop.test", true],
    ["*.shop.test", "a.b.shop.test", false],
    ["**.shop.test", "a.b.shop.test", true],
    ["API.shop.test", "api.SHOP.test", true],
  ])("host %s of %s: %s", (pattern, text, holds) => expect(host(pattern)(text)).toBe(holds));

  test("equal to the regular expression of the same meaning", () => {
    const pattern = fc
      .array(fc.constantFrom("a", "b", "/", "*", "**"), { maxLength: 6 })
      .map((parts) => parts.join(""));
    const text = fc.array(fc.constantFrom("a", "b", "/"), { maxLength: 6 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(pattern, text, (asked, held) => {
        const source = asked.replaceAll(/\*+/g, (stars) => (stars.length > 1 ? ".*" : "[^/]*"));
        expect(path(asked)(held)).toBe(new RegExp(`^${source}$`).test(held));
      }),
    );
  });

  test("a pattern of many wildcards ends", () => {
    expect(path(`${"*a".repeat(200)}*`)(`${"a".repeat(4000)}/`)).toBe(false);
  });
});
