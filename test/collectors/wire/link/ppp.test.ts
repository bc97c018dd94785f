import { expect, test } from "vitest";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { readPpp, readPppoe } from "../../../../collectors/wire/link/ppp.ts";

/** Reads `hex` as all there is; gives what follows and where it begins. */
function read(reader: LayerReader, hex: string, proto = 0): Cursor & { next: number } {
  const cursor = new Cursor();
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  cursor.reset(bytes, bytes.length);
  cursor.proto = proto;
  return Object.assign(cursor, { next: reader(cursor) });
}

test.each<[string, LayerReader, string, number, number]>([
  ["PPPoE session", readPppoe, "1100 0001 0004", LAYER.ppp, 6],
  ["PPPoE discovery", readPppoe, "1109 0000 0000", LAYER.done, 0],
  ["PPP", readPpp, "0021 4500", LAYER.ipv4, 2],
  ["PPP with address and control", readPpp, "ff03 0057 60", LAYER.ipv6, 4],
  ["PPP with short protocol", readPpp, "21 450000", LAYER.ipv4, 1],
  ["PPP control", readPpp, "c021 0101", LAYER.done, 2],
])("%s", (_name, ...[reader, hex, next, pos]) => {
  const cursor = read(reader, hex);
  expect([cursor.next, cursor.pos]).toEqual([next, pos]);
});

test("PPPoE says where its payload ends", () => {
  expect(read(readPppoe, "1100 0001 0002 0021 45 00").end).toBe(8);
});

test("too few bytes are malformed", () => {
  expect(read(readPpp, "ff03").weird).toBe("link.short");
});
