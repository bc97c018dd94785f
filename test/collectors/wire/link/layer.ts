// What tests of layer readers share: reads a header given in hexadecimal, and checks what follows it and where.
import { expect, test } from "vitest";
import { LAYERS } from "../../../../collectors/wire/layer-tables.ts";
import {
  Cursor,
  type Layer,
  type LayerReader,
  type LayerTables,
} from "../../../../collectors/wire/link/cursor.ts";

/** Reads `hex` as all there is; gives what follows and where it begins. */
export function read(reader: LayerReader, hex: string, proto = 0): Cursor & { readonly next: Layer } {
  const cursor = new Cursor(LAYERS.tables);
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  cursor.reset(bytes, bytes.length);
  cursor.proto = proto;
  return Object.assign(cursor, { next: reader(cursor) });
}

/** One test a row: name, reader, header, what follows it, where that begins. */
export function testLayers(
  ...rows: readonly (readonly [string, LayerReader, string, Layer, number])[]
): void {
  test.each(rows)("%s", (_name, ...[reader, hex, next, pos]) => {
    const cursor = read(reader, hex);
    expect([cursor.next, cursor.pos]).toEqual([next, pos]);
  });
}

/** The layer that claims a number. */
export function layerOf(kind: keyof LayerTables, number: number): Layer {
  return LAYERS.tables[kind].get(number) ?? NaN;
}
