// Inside or outside, by address.
import { expect, test } from "vitest";
import { exposureOf, exposureOfAddress } from "../../../src/inventory/exposure.ts";

test.each([
  ["10.1.2.3", "internal"],
  ["172.16.0.1", "internal"],
  ["100.64.0.1", "internal"],
  ["127.0.0.1", "internal"],
  ["169.254.1.1", "internal"],
  ["fd00::1", "internal"],
  ["::ffff:10.0.0.1", "internal"],
  ["8.8.8.8", "external"],
  ["2001:4860:4860::8888", "external"],
  ["proxy.example", "unknown"],
  ["", "unknown"],
  ["*", "unknown"],
])("%s is %s", (address, expected) => {
  expect(exposureOfAddress(address)).toBe(expected);
  expect(exposureOfAddress(address)).toBe(expected);
});

test("one caller from outside decides; unknown ones do not", () => {
  expect(exposureOf([{ address: "10.0.0.1" }, { address: "8.8.8.8" }])).toBe("external");
  expect(exposureOf([{ address: "host" }, { address: "10.0.0.1" }])).toBe("internal");
  expect(exposureOf([])).toBe("unknown");
});
