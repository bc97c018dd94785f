import { expect, test } from "vitest";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { readSll, readSll2 } from "../../../../collectors/wire/link/sll.ts";

/** Reads `hex` as all there is; gives what follows and where it begins. */
function read(reader: LayerReader, hex: string, proto = 0): Cursor & { next: number } {
  const cursor = new Cursor();
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  cursor.reset(bytes, bytes.length);
  cursor.proto = proto;
  return Object.assign(cursor, { next: reader(cursor) });
}

test.each<[string, LayerReader, string, number, number]>([
  ["version 1", readSll, "0000 0001 0006 0202020202020000 0800", LAYER.etherType, 16],
  ["version 2", readSll2, "86dd 0000 00000002 0001 00 06 0202020202020000", LAYER.etherType, 20],
])("%s", (_name, ...[reader, hex, next, pos]) => {
  const cursor = read(reader, hex);
  expect([cursor.next, cursor.pos]).toEqual([next, pos]);
});

test("protocols are taken from their places", () => {
  expect(read(readSll, "0000 0001 0006 0202020202020000 0800").proto).toBe(0x0800);
  expect(read(readSll2, "86dd 0000 00000002 0001 00 06 0202020202020000").proto).toBe(0x86dd);
});

test("too few bytes are malformed", () => {
  expect(read(readSll2, "86dd").weird).toBe("link.short");
});
