import { expect, test } from "vitest";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { readEthernet, readVlan } from "../../../../collectors/wire/link/ethernet.ts";

/** Reads `hex` as all there is; gives what follows and where it begins. */
function read(reader: LayerReader, hex: string, proto = 0): Cursor & { next: number } {
  const cursor = new Cursor();
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  cursor.reset(bytes, bytes.length);
  cursor.proto = proto;
  return Object.assign(cursor, { next: reader(cursor) });
}

test.each<[string, LayerReader, string, number, number]>([
  ["frame", readEthernet, "020202020202 020202020202 0800", LAYER.etherType, 14],
  ["tag", readVlan, "2064 86dd", LAYER.etherType, 4],
])("%s", (_name, ...[reader, hex, next, pos]) => {
  const cursor = read(reader, hex);
  expect([cursor.next, cursor.pos]).toEqual([next, pos]);
});

test("type and tag are taken", () => {
  expect(read(readEthernet, "020202020202 020202020202 86dd").proto).toBe(0x86dd);
  expect(read(readVlan, "2064 0800").scope).toBe(read(readVlan, "0064 0800").scope);
});

test("too few bytes are malformed", () => {
  expect(read(readEthernet, "0202").weird).toBe("link.short");
});
