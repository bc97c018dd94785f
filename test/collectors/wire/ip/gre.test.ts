import { expect, test } from "vitest";
import { readErspan2, readErspan3, readGre } from "../../../../collectors/wire/ip/gre.ts";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";

function read(reader: LayerReader, hex: string): [number, number, number] {
  const cursor = new Cursor();
  cursor.reset(Buffer.concat([Buffer.from(hex.replaceAll(" ", ""), "hex"), Buffer.alloc(40)]), 0);
  return [reader(cursor), cursor.pos, cursor.proto];
}

test.each<[string, LayerReader, string, number, number]>([
  ["plain", readGre, "0000 0800", LAYER.etherType, 4],
  ["checksum", readGre, "8000 0800", LAYER.etherType, 8],
  ["key and sequence", readGre, "3000 0800", LAYER.etherType, 12],
  ["PPTP with acknowledgment", readGre, "3081 880b", LAYER.etherType, 16],
  ["PPTP without sequence", readGre, "2001 880b", LAYER.etherType, 8],
  ["ERSPAN without sequence is type I", readGre, "0000 88be", LAYER.ethernet, 4],
  ["ERSPAN with sequence is type II", readGre, "1000 88be", LAYER.erspan2, 8],
  ["ERSPAN III", readGre, "1000 22eb", LAYER.erspan3, 8],
  ["source routing is not followed", readGre, "4000 0800", LAYER.done, 0],
  ["type II", readErspan2, "1064 0001 00000000", LAYER.ethernet, 8],
  ["type III under the number of II", readErspan2, "2064 0001 00000000", LAYER.erspan3, 0],
  ["type III", readErspan3, "2064 0001 00000000 0000 0000", LAYER.ethernet, 12],
  ["type III with IP", readErspan3, "2064 0001 00000000 0000 0800", LAYER.raw, 12],
  ["type III with subheader", readErspan3, "2064 0001 00000000 0000 0001", LAYER.ethernet, 20],
])("%s", (_name, ...[reader, hex, next, pos]) => {
  expect(read(reader, hex).slice(0, 2)).toEqual([next, pos]);
});
