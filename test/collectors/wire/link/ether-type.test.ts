import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readEtherType } from "../../../../collectors/wire/link/ether-type.ts";
import { read, testLayers } from "./layer.ts";

testLayers(
  ["LLC with SNAP", readEtherType, "aaaa03 000000 0800", LAYER.etherType, 8],
  ["LLC of something else", readEtherType, "424203 0000000000", LAYER.done, 0],
);

test.each([
  [0x0800, LAYER.ipv4],
  [0x86dd, LAYER.ipv6],
  [0x6558, LAYER.ethernet],
  [0x0806, LAYER.done],
])("type %d", (type, next) => {
  expect(read(readEtherType, "", type).next).toBe(next);
});
