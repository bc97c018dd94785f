import { expect, test } from "vitest";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { readNull, readRaw } from "../../../../collectors/wire/link/raw.ts";

/** Reads `hex` as all there is; gives what follows and where it begins. */
function read(reader: LayerReader, hex: string, proto = 0): Cursor & { next: number } {
  const cursor = new Cursor();
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  cursor.reset(bytes, bytes.length);
  cursor.proto = proto;
  return Object.assign(cursor, { next: reader(cursor) });
}

test.each<[string, LayerReader, string, number, number]>([
  ["IPv4", readRaw, "45", LAYER.ipv4, 0],
  ["IPv6", readRaw, "60", LAYER.ipv6, 0],
  ["neither", readRaw, "10", LAYER.done, 0],
  ["null, little-endian", readNull, "02000000", LAYER.ipv4, 4],
  ["null, big-endian IPv6 of FreeBSD", readNull, "0000001c", LAYER.ipv6, 4],
  ["null, little-endian IPv6 of macOS", readNull, "1e000000", LAYER.ipv6, 4],
  ["null, another family", readNull, "10000000", LAYER.done, 4],
])("%s", (_name, ...[reader, hex, next, pos]) => {
  const cursor = read(reader, hex);
  expect([cursor.next, cursor.pos]).toEqual([next, pos]);
});

test("too few bytes are malformed", () => {
  expect(read(readNull, "020000").weird).toBe("link.short");
});
