// Linux cooked captures ("any" interface), both versions.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "./cursor.ts";

/*
  SLL  (LINKTYPE 113): packet type 16, ARPHRD 16, address length 16, address 64, protocol 16
  SLL2 (LINKTYPE 276): protocol 16, reserved 16, interface 32, ARPHRD 16, packet type 8, address length 8, address 64
*/
export function readSll(cursor: Cursor): Layer {
  if (!cursor.has(16)) return cursor.stop("link.short");
  cursor.proto = u16(cursor.bytes, cursor.pos + 14);
  return cursor.skip(16, LAYER.etherType);
}

export function readSll2(cursor: Cursor): Layer {
  if (!cursor.has(20)) return cursor.stop("link.short");
  cursor.proto = u16(cursor.bytes, cursor.pos);
  return cursor.skip(20, LAYER.etherType);
}

export const sll: LayerUnit = { linkTypes: [113], read: readSll };

export const sll2: LayerUnit = { linkTypes: [276], read: readSll2 };
