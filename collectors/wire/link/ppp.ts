// PPP, bare or behind PPPoE.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "./cursor.ts";

/*
  PPPoE session (RFC 2516): version 4, type 4, code 8 (0 = session), session 16, length 16
*/
export function readPppoe(cursor: Cursor): Layer {
  if (!cursor.has(6)) return cursor.stop("link.short");
  if (cursor.bytes[cursor.pos + 1] !== 0) return LAYER.done;
  cursor.clip(cursor.pos + 6 + u16(cursor.bytes, cursor.pos + 4));
  return cursor.skip(6, LAYER.ppp);
}

/*
  PPP (RFC 1661, 1662): address 0xff and control 0x03 may be left out; protocol 16, or 8 when its first bit-0 octet is odd
*/
export function readPpp(cursor: Cursor): Layer {
  const { bytes } = cursor;
  if (!cursor.has(4)) return cursor.stop("link.short");
  if (bytes[cursor.pos] === 0xff && bytes[cursor.pos + 1] === 0x03) cursor.pos += 2;
  const short = (bytes[cursor.pos]! & 1) === 1;
  const protocol = short ? bytes[cursor.pos]! : u16(bytes, cursor.pos);
  cursor.pos += short ? 1 : 2;
  return cursor.tables.pppTypes.get(protocol) ?? LAYER.done;
}

export const pppoe: LayerUnit = { linkTypes: [51], etherTypes: [0x8864], read: readPppoe };

export const ppp: LayerUnit = {
  layer: LAYER.ppp,
  linkTypes: [9, 50, 104],
  etherTypes: [0x880b],
  read: readPpp,
};
