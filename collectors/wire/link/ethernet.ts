// Ethernet frames and the tags between their addresses and their payload.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "./cursor.ts";

/*
  Ethernet II: destination 48, source 48, type 16
*/
export function readEthernet(cursor: Cursor): Layer {
  if (!cursor.has(14)) return cursor.stop("link.short");
  cursor.proto = u16(cursor.bytes, cursor.pos + 12);
  return cursor.skip(14, LAYER.etherType);
}

/*
  VLAN tag (IEEE 802.1Q, behind its type): priority 3, drop 1, id 12, next type 16. Any number may follow each other.
*/
export function readVlan(cursor: Cursor): Layer {
  if (!cursor.has(4)) return cursor.stop("link.short");
  cursor.tag(u16(cursor.bytes, cursor.pos) & 0xfff);
  cursor.proto = u16(cursor.bytes, cursor.pos + 2);
  return cursor.skip(4, LAYER.etherType);
}

export const ethernet: LayerUnit = {
  layer: LAYER.ethernet,
  linkTypes: [1],
  etherTypes: [0x6558],
  ipProtocols: [143],
  read: readEthernet,
};

export const vlan: LayerUnit = { etherTypes: [0x8100, 0x88a8, 0x9100, 0x9200], read: readVlan };
