import { expect, test } from "vitest";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { readRadiotap, readWlan } from "../../../../collectors/wire/link/wlan.ts";

/** Reads `hex` as all there is; gives what follows and where it begins. */
function read(reader: LayerReader, hex: string, proto = 0): Cursor & { next: number } {
  const cursor = new Cursor();
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  cursor.reset(bytes, bytes.length);
  cursor.proto = proto;
  return Object.assign(cursor, { next: reader(cursor) });
}

test.each<[string, LayerReader, string, number, number]>([
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
])("%s", (_name, ...[reader, hex, next, pos]) => {
  const cursor = read(reader, hex);
  expect([cursor.next, cursor.pos]).toEqual([next, pos]);
});

test("too few bytes are malformed", () => {
  expect(read(readRadiotap, "0000").weird).toBe("link.short");
});
