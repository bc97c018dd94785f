import { expect, test } from "vitest";
import { authorityIn, bracketed, placeOf } from "../../../src/digest/authority.ts";

test.each([
  ["Shop.Test:8080", "shop.test:8080"],
  ["me:secret@shop.test", "shop.test"],
  ["[2001:db8::1]:443", "[2001:db8::1]:443"],
  ["x", "x"],
  ["", null],
  ["shop test", null],
  ["<b>", null],
  ["shop.test:99999999", null],
])("%j names %s", (text, authority) => {
  expect(authorityIn(text)).toBe(authority);
});

test.each([
  [{ address: "10.0.0.1", port: 80 }, "10.0.0.1:80"],
  [{ address: "10.0.0.1", port: null }, "10.0.0.1"],
  [{ address: "2001:db8::1", port: 80 }, "[2001:db8::1]:80"],
  [{ address: "2001:db8::1", port: null }, "2001:db8::1"],
  [{ address: "no address", port: 80 }, "unknown:80"],
])("%o is %s", (peer, place) => {
  expect(placeOf(peer)).toBe(place);
});

test("IPv6 stands in brackets", () => {
  expect(["::1", "10.0.0.1"].map(bracketed)).toEqual(["[::1]", "10.0.0.1"]);
});
