import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readVxlanGpe } from "../../../../collectors/wire/tunnel/vxlan-gpe.ts";
import { read, testLayers } from "../link/layer.ts";

testLayers(
  ["IPv4", readVxlanGpe, "0c000001 00002a00", LAYER.raw, 8],
  ["Ethernet", readVxlanGpe, "0c000003 00002a00", LAYER.ethernet, 8],
  ["NSH", readVxlanGpe, "0c000004 00002a00", LAYER.done, 0],
);

test("too few bytes are malformed", () => {
  expect(read(readVxlanGpe, "0c000001").weird).toBe("tunnel.short");
});
