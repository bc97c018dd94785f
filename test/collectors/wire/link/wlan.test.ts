import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readRadiotap, readWlan } from "../../../../collectors/wire/link/wlan.ts";
import { read, testLayers } from "./layer.ts";

testLayers(
  [
    "data",
    readWlan,
    "080100000000000000000000000000000000000000000000aaaa03000000 0800",
    LAYER.etherType,
    32,
  ],
  [
    "between access points",
    readWlan,
    "080300000000000000000000000000000000000000000000000000000000aaaa03000000 0800",
    LAYER.etherType,
    38,
  ],
  [
    "QoS, padded",
    readWlan,
    "88010000000000000000000000000000000000000000000000000000aaaa03000000 86dd",
    LAYER.etherType,
    36,
  ],
  ["a beacon", readWlan, "8000000000000000000000000000000000000000000000000000000000000000", LAYER.done, 0],
  ["protected", readWlan, "084100000000000000000000000000000000000000000000aaaa03000000 0800", LAYER.done, 0],
  ["no body", readWlan, "4801000000000000000000000000000000000000000000000000000000000000", LAYER.done, 0],
  ["radiotap", readRadiotap, "0000 0a00 00000000 0000", LAYER.wlan, 10],
);

test("too few bytes are malformed", () => {
  expect(read(readRadiotap, "0000").weird).toBe("link.short");
});
