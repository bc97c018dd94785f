import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readVxlan } from "../../../../collectors/wire/tunnel/vxlan.ts";
import { read, testLayers } from "../link/layer.ts";

testLayers(["frame of a network", readVxlan, "08000000 00002a00", LAYER.ethernet, 8]);

test("networks are remembered as tags", () => {
  expect(read(readVxlan, "08000000 00002a00").scope).not.toBe(read(readVxlan, "08000000 00002b00").scope);
});

test("too few bytes are malformed", () => {
  expect(read(readVxlan, "08000000").weird).toBe("tunnel.short");
});
