import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readGre } from "../../../../collectors/wire/tunnel/gre.ts";
import { layerOf, read, testLayers } from "../link/layer.ts";

const ERSPAN_2 = layerOf("greTypes", 0x88be);
const ERSPAN_3 = layerOf("greTypes", 0x22eb);

testLayers(
  ["plain", readGre, "0000 0800", LAYER.etherType, 4],
  ["checksum", readGre, "8000 0800", LAYER.etherType, 8],
  ["key and sequence", readGre, "3000 0800", LAYER.etherType, 12],
  ["PPTP with acknowledgment", readGre, "3081 880b", LAYER.etherType, 16],
  ["PPTP without sequence", readGre, "2001 880b", LAYER.etherType, 8],
  ["ERSPAN", readGre, "1000 88be", ERSPAN_2, 8],
  ["ERSPAN III", readGre, "1000 22eb", ERSPAN_3, 8],
  ["source routing is not followed", readGre, "4000 0800", LAYER.done, 0],
);

test("an unknown version and too few bytes are malformed", () => {
  expect(read(readGre, "0005 0800").weird).toBe("tunnel.gre");
  expect(read(readGre, "0000").weird).toBe("tunnel.short");
});
