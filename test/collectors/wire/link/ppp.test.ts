import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readPpp, readPppoe } from "../../../../collectors/wire/link/ppp.ts";
import { layerOf, read, testLayers } from "./layer.ts";

testLayers(
  ["PPPoE session", readPppoe, "1100 0001 0004", LAYER.ppp, 6],
  ["PPPoE discovery", readPppoe, "1109 0000 0000", LAYER.done, 0],
  ["PPP", readPpp, "0021 4500", LAYER.ipv4, 2],
  ["PPP with address and control", readPpp, "ff03 0057 60", LAYER.ipv6, 4],
  ["PPP with short protocol", readPpp, "21 450000", LAYER.ipv4, 1],
  ["PPP with more than IP", readPpp, "0281 0006", layerOf("pppTypes", 0x0281), 2],
  ["PPP control", readPpp, "c021 0101", LAYER.done, 2],
);

test("PPPoE says where its payload ends", () => {
  expect(read(readPppoe, "1100 0001 0002 0021 45 00").end).toBe(8);
});

test("too few bytes are malformed", () => {
  expect(read(readPpp, "ff03").weird).toBe("link.short");
});
