// VXLAN: Ethernet frames of numbered networks.
import { i32 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

/*
  VXLAN (RFC 7348): flags 8 (0x08 = VNI valid), reserved 24, VNI 24, reserved 8. Reserved bits do occur and mean nothing.
*/
export function readVxlan(cursor: Cursor): Layer {
  if (!cursor.has(8)) return cursor.stop("tunnel.short");
  cursor.tag(i32(cursor.bytes, cursor.pos + 4) >>> 8);
  return cursor.skip(8, LAYER.ethernet);
}

/** 8472 is what Linux used before VXLAN had a number. */
export const vxlan: LayerUnit = { udpPorts: [4789, 8472], read: readVxlan };
