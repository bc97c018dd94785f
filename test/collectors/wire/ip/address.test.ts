import { expect, test } from "vitest";
import { ipv4Text, ipv6Text } from "../../../../collectors/wire/ip/address.ts";

test.each([
  [0x0a000001, "10.0.0.1"],
  [-1, "255.255.255.255"],
  [0, "0.0.0.0"],
])("IPv4 %d", (word, text) => {
  expect(ipv4Text(word)).toBe(text);
});

test.each([
  [[0x20010db8, 0, 0, 1], "2001:db8::1"],
  [[0, 0, 0, 0], "::"],
  [[0, 0, 0, 1], "::1"],
  [[0x20010db8, 0x00010000, 0, 0], "2001:db8:1::"],
  [[0x20010db8, 0x00000001, 0x00010001, 0x00010001], "2001:db8:0:1:1:1:1:1"],
  [[0x20010000, 0x00000001, 0, 0x00000001], "2001:0:0:1::1"],
  [[-1, -1, -1, -1], "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
])("IPv6 %j", (words, text) => {
  expect(ipv6Text(words)).toBe(text);
});
