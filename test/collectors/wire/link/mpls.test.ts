import { expect, test } from "vitest";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { readMpls } from "../../../../collectors/wire/link/mpls.ts";

/** Reads `hex` as all there is; gives what follows and where it begins. */
function read(reader: LayerReader, hex: string, proto = 0): Cursor & { next: number } {
  const cursor = new Cursor();
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  cursor.reset(bytes, bytes.length);
  cursor.proto = proto;
  return Object.assign(cursor, { next: reader(cursor) });
}

test.each<[string, LayerReader, string, number, number]>([
  ["one label", readMpls, "00064140 45", LAYER.ipv4, 4],
  ["three labels", readMpls, "00064040 00064040 00064140 60", LAYER.ipv6, 12],
  [
    "pseudowire with control word",
    readMpls,
    "00064140 00000000 020202020202 020202020202 0800",
    LAYER.ethernet,
    8,
  ],
  ["pseudowire without", readMpls, "00064140 020202020202 020202020202 86dd", LAYER.ethernet, 4],
])("%s", (_name, ...[reader, hex, next, pos]) => {
  const cursor = read(reader, hex);
  expect([cursor.next, cursor.pos]).toEqual([next, pos]);
});

test("too few bytes are malformed", () => {
  expect(read(readMpls, "00064040 00064040").weird).toBe("link.short");
});
