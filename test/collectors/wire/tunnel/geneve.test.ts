import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readGeneve } from "../../../../collectors/wire/tunnel/geneve.ts";
import { read, testLayers } from "../link/layer.ts";

testLayers(
  ["252 octets of options", readGeneve, `3f00 6558 00002a00 ${"60".repeat(300)}`, LAYER.etherType, 260],
  ["another version", readGeneve, "4000 6558 00002a00", LAYER.done, 0],
);

test("the payload is named, another version is malformed", () => {
  expect(read(readGeneve, "0000 6558 00002a00").proto).toBe(0x6558);
  expect(read(readGeneve, "4000 6558 00002a00").weird).toBe("tunnel.geneve");
});
