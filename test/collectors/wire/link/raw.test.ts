import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readNull, readRaw } from "../../../../collectors/wire/link/raw.ts";
import { read, testLayers } from "./layer.ts";

testLayers(
  ["IPv4", readRaw, "45", LAYER.ipv4, 0],
  ["IPv6", readRaw, "60", LAYER.ipv6, 0],
  ["neither", readRaw, "10", LAYER.done, 0],
  ["null, little-endian", readNull, "02000000", LAYER.ipv4, 4],
  ["null, big-endian IPv6 of FreeBSD", readNull, "0000001c", LAYER.ipv6, 4],
  ["null, little-endian IPv6 of macOS", readNull, "1e000000", LAYER.ipv6, 4],
  ["null, another family", readNull, "10000000", LAYER.done, 4],
);

test("too few bytes are malformed", () => {
  expect(read(readNull, "020000").weird).toBe("link.short");
});
