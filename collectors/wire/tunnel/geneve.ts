// GENEVE: payloads of numbered networks, named by their Ethernet type, behind options.
import { i32, u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

/*
  GENEVE (RFC 8926): version 2, option words 6, control 1, critical 1, reserved 6, protocol 16, VNI 24, reserved 8, options
*/
export function readGeneve(cursor: Cursor): Layer {
  if (!cursor.has(8)) return cursor.stop("tunnel.short");
  const first = cursor.bytes[cursor.pos]!;
  if (first >> 6 !== 0) return cursor.stop("tunnel.geneve");
  cursor.tag(i32(cursor.bytes, cursor.pos + 4) >>> 8);
  cursor.proto = u16(cursor.bytes, cursor.pos + 2);
  return cursor.skip(8 + (first & 0x3f) * 4, LAYER.etherType);
}

export const geneve: LayerUnit = { udpPorts: [6081], read: readGeneve };
