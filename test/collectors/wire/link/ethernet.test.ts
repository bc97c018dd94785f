import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readEthernet, readVlan } from "../../../../collectors/wire/link/ethernet.ts";
import { read, testLayers } from "./layer.ts";

testLayers(
  ["frame", readEthernet, "020202020202 020202020202 0800", LAYER.etherType, 14],
  ["tag", readVlan, "2064 86dd", LAYER.etherType, 4],
);

test("type and tag are taken", () => {
  expect(read(readEthernet, "020202020202 020202020202 86dd").proto).toBe(0x86dd);
  expect(read(readVlan, "2064 0800").scope).toBe(read(readVlan, "0064 0800").scope);
});

test("too few bytes are malformed", () => {
  expect(read(readEthernet, "0202").weird).toBe("link.short");
});
