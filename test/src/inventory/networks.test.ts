// Networks and what lies in them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createNetworkFinder, isNetwork } from "../../../src/inventory/networks.ts";

test.each([
  ["10.0.0.0/8", true],
  ["10.0.0.1", true],
  ["fd00::/64", true],
  ["::1/128", true],
  ["10.0.0.0/33", false],
  ["10.0.0.0/", false],
  ["10.0.0.0/8/9", false],
  ["10.0.0.0/-1", false],
  ["/8", false],
  ["shop.test", false],
  ["", false],
])("%s: %s", (text, expected) => {
  expect(isNetwork(text)).toBe(expected);
});

test("the narrowest network decides, of equal ones the first; families do not mix", () => {
  const find = createNetworkFinder([
    { network: "0.0.0.0/0", value: "all" },
    { network: "10.0.3.0/24", value: "first" },
    { network: "10.0.3.0/24", value: "second" },
    { network: "nonsense", value: "never" },
  ]);
  expect(["10.0.3.9", "10.0.4.9", "::ffff:10.0.3.1", "fd00::1", "shop.test", ""].map(find)).toEqual([
    "first",
    "all",
    "first",
    null,
    null,
    null,
  ]);
});

test("whatever is written or asked, it answers", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (network, address) => {
      expect(["in", null]).toContain(createNetworkFinder([{ network, value: "in" }])(address));
    }),
  );
});
