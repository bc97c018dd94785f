import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSafeName } from "../../../src/digest/names.ts";
import { parameterName, readCookies, readPairs } from "../../../src/digest/parameters.ts";

const safeName = createSafeName(() => false);

test("pairs are decoded; what has no value has an empty one", () => {
  expect(readPairs("a=1&b=x+y%26&&flag&%zz=%e9&c=d=e")).toEqual([
    { name: "a", value: "1" },
    { name: "b", value: "x y&" },
    { name: "flag", value: "" },
    { name: "%zz", value: "é" },
    { name: "c", value: "d=e" },
  ]);
});

test("cookies are not decoded", () => {
  expect(readCookies("a=1; b=%20=;  c ;;=x")).toEqual([
    { name: "a", value: "1" },
    { name: "b", value: "%20=" },
    { name: "c", value: "" },
  ]);
});

test.each([
  ["ids[]", "ids[]"],
  ["ids[0]", "ids[]"],
  ["filter[name]", "filter[name]"],
  ["items[12][id]", "items[][id]"],
  ["filter[550e8400-e29b-41d4-a716-446655440000]", "filter[{uuid}]"],
  ["1234567[a]", "{int}[a]"],
  ["plain", "plain"],
  ["[a]", "[a]"],
])("%s is named %s", (raw, name) => {
  expect(parameterName(raw, safeName)).toBe(name);
});

test("never fails, and lists are bounded", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const { name } of [...readPairs(text), ...readCookies(text)]) parameterName(name, safeName);
    }),
  );
  expect(readPairs("a&".repeat(10_000)).length).toBeLessThanOrEqual(256);
  expect(readCookies("a;".repeat(10_000)).length).toBeLessThanOrEqual(256);
});
