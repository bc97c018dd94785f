import { expect, test } from "vitest";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { readEtherType } from "../../../../collectors/wire/link/ether-type.ts";

/** Reads `hex` as all there is; gives what follows and where it begins. */
function read(reader: LayerReader, hex: string, proto = 0): Cursor & { next: number } {
  const cursor = new Cursor();
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  cursor.reset(bytes, bytes.length);
  cursor.proto = proto;
  return Object.assign(cursor, { next: reader(cursor) });
}

test.each<[string, LayerReader, string, number, number]>([
  ["LLC with SNAP", readEtherType, "aaaa03 000000 0800", LAYER.etherType, 8],
  ["LLC of something else", readEtherType, "424203 0000000000", LAYER.done, 0],
])("%s", (_name, ...[reader, hex, next, pos]) => {
  const cursor = read(reader, hex);
  expect([cursor.next, cursor.pos]).toEqual([next, pos]);
});

test.each([
  [0x0800, LAYER.ipv4],
  [0x86dd, LAYER.ipv6],
  [0x8100, LAYER.vlan],
  [0x88a8, LAYER.vlan],
  [0x9100, LAYER.vlan],
  [0x8847, LAYER.mpls],
  [0x8864, LAYER.pppoe],
  [0x6558, LAYER.ethernet],
  [0x0806, LAYER.done],
])("type %d", (type, next) => {
  expect(read(readEtherType, "", type).next).toBe(next);
});
