import { expect, test } from "vitest";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { readNflog } from "../../../../collectors/wire/link/nflog.ts";

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
    "payload behind other fields",
    readNflog,
    "02000000 0800 0a00 00000000 0800 0900 45000000",
    LAYER.ipv4,
    16,
  ],
  ["IPv6", readNflog, "0a000000 0800 0900 60000000", LAYER.ipv6, 8],
  ["another family: by its version", readNflog, "00000000 0800 0900 45000000", LAYER.raw, 8],
  ["fields in big-endian order", readNflog, "02000000 0008 0009 45000000", LAYER.ipv4, 8],
  ["no payload", readNflog, "02000000 0800 0a00 00000000", LAYER.done, 0],
])("%s", (_name, ...[reader, hex, next, pos]) => {
  const cursor = read(reader, hex);
  expect([cursor.next, cursor.pos]).toEqual([next, pos]);
});

test("a field shorter than itself is malformed", () => {
  expect(read(readNflog, "02000000 0300 0900 45").weird).toBe("link.nflog");
});
