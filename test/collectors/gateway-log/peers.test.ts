// Addresses in the writings that logs use; what is no address is nobody.
import * as fc from "fast-check";
import { anyText } from "./any-text.ts";
import { expect, test } from "vitest";
import { isIp, peerOf, portOf, UNKNOWN_PEER } from "../../../collectors/gateway-log/peers.ts";

test.each([
  ["10.0.0.9", "10.0.0.9", null],
  ["10.0.0.9:1234", "10.0.0.9", 1234],
  ["2001:DB8::1", "2001:db8::1", null],
  ["::1", "::1", null],
  ["::ffff:10.0.0.9", "::ffff:10.0.0.9", null],
  ["fe80::1%eth0", "fe80::1%eth0", null],
  ["[2001:db8::1]:443", "2001:db8::1", 443],
  ["[::1]", "::1", null],
  ["Client.Example", "client.example", null],
  ["198.51.100.1, 10.0.0.1", "198.51.100.1", null],
  ['"198.51.100.1, 10.0.0.1"', "198.51.100.1", null],
  ["10.0.0.9:0", "10.0.0.9", null],
])("%s", (text, address, port) => {
  expect(peerOf(text)).toEqual({ address, port });
});

test.each(["", "-", "unix:", "unix:/run/x.sock", "<script>", "a b", ",", "[nonsense", "g:h:i"])(
  "%s is nobody",
  (text) => {
    expect(peerOf(text)).toBe(UNKNOWN_PEER);
  },
);

test("addresses are told from names", () => {
  expect(["10.0.0.9", "::1", "2001:db8::1"].every(isIp)).toBe(true);
  expect(["host", "10.0.0", "unknown", ""].some(isIp)).toBe(false);
});

test("ports are ports", () => {
  expect(["443", 1, 65_535].map(portOf)).toEqual([443, 1, 65_535]);
  expect(["0", "", "x", 70_000, -1, 1.5].map(portOf)).toEqual([null, null, null, null, null, null]);
});

test("an address never holds what could delimit or mark up", () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(peerOf(text).address).toMatch(/^[\w.:%~-]+$/);
    }),
  );
});

test("what is longer than any address is nobody, at once", () => {
  expect([":".repeat(5_000_000), `${"a".repeat(300)}.test`].map(peerOf)).toEqual([
    UNKNOWN_PEER,
    UNKNOWN_PEER,
  ]);
  expect(isIp(":".repeat(5_000_000))).toBe(false);
});
