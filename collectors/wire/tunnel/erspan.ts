// ERSPAN I to III: frames that network equipment mirrors through GRE.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

/** Bit of the GRE flags. */
const SEQUENCED = 0x1000;

/*
  ERSPAN type II (draft-foschiano-erspan): version 4 = 1, VLAN 12, class 3, encapsulation 2, truncated 1, session 10,
  reserved 12, index 20. Type I has no header at all and no GRE sequence number.
*/
export function readErspan2(cursor: Cursor): Layer {
  if ((cursor.greFlags & SEQUENCED) === 0) return LAYER.ethernet;
  if (!cursor.has(8)) return cursor.stop("tunnel.short");
  if (cursor.bytes[cursor.pos]! >> 4 === 2) return readErspan3(cursor);
  return cursor.skip(8, LAYER.ethernet);
}

/*
  ERSPAN type III: version 4 = 2, VLAN 12, class 3, bad 2, truncated 1, session 10, time 32, group 16, protocol 1,
  frame type 5 (0 = Ethernet, 2 = IP), hardware 6, direction 1, granularity 2, optional subheader 1 (64 bits)
*/
export function readErspan3(cursor: Cursor): Layer {
  if (!cursor.has(12)) return cursor.stop("tunnel.short");
  const last = u16(cursor.bytes, cursor.pos + 10);
  const frameType = (last >> 10) & 0x1f;
  return cursor.skip(last & 1 ? 20 : 12, frameType === 2 ? LAYER.raw : LAYER.ethernet);
}

export const erspan2: LayerUnit = { greTypes: [0x88be], read: readErspan2 };

export const erspan3: LayerUnit = { greTypes: [0x22eb], read: readErspan3 };
