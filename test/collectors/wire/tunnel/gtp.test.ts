import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readGtp } from "../../../../collectors/wire/tunnel/gtp.ts";
import { read, testLayers } from "../link/layer.ts";

testLayers(
  ["user data", readGtp, "30ff 0000 00000001 60606060", LAYER.raw, 8],
  ["with a sequence number", readGtp, "32ff 0000 00000001 00010000 60", LAYER.raw, 12],
  ["control", readGtp, "3001 0000 00000001 60606060", LAYER.done, 0],
);

test("an extension header of no length ends the packet", () => {
  expect(read(readGtp, "34ff 0000 00000001 00000085 00606060").weird).toBe("tunnel.gtp");
});
