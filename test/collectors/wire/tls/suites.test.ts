// Suites: the sizes their records need, and those that stay closed.
import { expect, test } from "vitest";
import { suiteOf } from "../../../../collectors/wire/tls/suites.ts";

test.each([
  [0x1301, "aes-128-gcm", 16, "sha256", 16, null],
  [0x1302, "aes-256-gcm", 32, "sha384", 16, null],
  [0x1305, "aes-128-ccm", 16, "sha256", 8, null],
  [0xcca8, "chacha20-poly1305", 32, "sha256", 16, null],
  [0xc013, "aes-128-cbc", 16, "sha256", 0, "sha1"],
  [0xc028, "aes-256-cbc", 32, "sha384", 0, "sha384"],
])("%i is %s", (...[number, cipher, keyBytes, hash, tagBytes, mac]) => {
  expect(suiteOf(number)).toMatchObject({ cipher, keyBytes, hash, tagBytes, mac });
});

test.each([0x0005, 0x000a, 0x0000, 0x0a0a, 0xc061])("%i stays closed", (number) => {
  expect(suiteOf(number)).toBe(undefined);
});
