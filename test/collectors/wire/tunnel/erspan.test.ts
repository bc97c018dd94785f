import { expect, test } from "vitest";
import { LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { readErspan2, readErspan3 } from "../../../../collectors/wire/tunnel/erspan.ts";
import { read, testLayers } from "../link/layer.ts";

/** As it follows GRE with or without a sequence number. */
const type2 =
  (greFlags: number): LayerReader =>
  (cursor) =>
    readErspan2(Object.assign(cursor, { greFlags }));

testLayers(
  ["type I: no sequence number", type2(0x0000), "020202020202", LAYER.ethernet, 0],
  ["type II", type2(0x1000), "1064 0001 00000000", LAYER.ethernet, 8],
  ["type III under the number of II", type2(0x1000), "2064 0001 00000000 0000 0000", LAYER.ethernet, 12],
  ["type III", readErspan3, "2064 0001 00000000 0000 0000", LAYER.ethernet, 12],
  ["type III with IP", readErspan3, "2064 0001 00000000 0000 0800", LAYER.raw, 12],
  ["type III with subheader", readErspan3, "2064 0001 00000000 0000 0001", LAYER.ethernet, 20],
);

test("too few bytes are malformed", () => {
  expect(read(type2(0x1000), "1064").weird).toBe("tunnel.short");
  expect(read(readErspan3, "2064 0001 00000000").weird).toBe("tunnel.short");
});
