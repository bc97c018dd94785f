// VXLAN-GPE: as VXLAN, with a payload that is named.
import { i32 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

/*
  VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe): flags 8, reserved 16, next protocol 8 (1 IPv4, 2 IPv6, 3 Ethernet), VNI 24, reserved 8
*/
export function readVxlanGpe(cursor: Cursor): Layer {
  if (!cursor.has(8)) return cursor.stop("tunnel.short");
  const next = cursor.bytes[cursor.pos + 3]!;
  cursor.tag(i32(cursor.bytes, cursor.pos + 4) >>> 8);
  if (next === 1 || next === 2) return cursor.skip(8, LAYER.raw);
  return next === 3 || next === 0 ? cursor.skip(8, LAYER.ethernet) : LAYER.done;
}

export const vxlanGpe: LayerUnit = { udpPorts: [4790], read: readVxlanGpe };
