// GTP-U: what mobile networks carry for their users.
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

/*
  GTP-U (3GPP TS 29.281): version 3 = 1, type 1, reserved 1, extension 1, sequence 1, N-PDU 1, message 8 (255 = user data),
  length 16, tunnel 32; 4 more octets when any of the three bits is set; extension headers of 4 octets times their length
*/
export function readGtp(cursor: Cursor): Layer {
  const { bytes } = cursor;
  if (!cursor.has(12)) return LAYER.done;
  const flags = bytes[cursor.pos]!;
  if (flags >> 4 !== 3 || bytes[cursor.pos + 1] !== 255) return LAYER.done;
  cursor.pos += flags & 7 ? 12 : 8;
  let next = flags & 4 ? bytes[cursor.pos - 1]! : 0;
  while (next !== 0) {
    const words = cursor.has(4) ? bytes[cursor.pos]! : 0;
    if (words === 0 || !cursor.has(words * 4)) return cursor.stop("tunnel.gtp");
    cursor.pos += words * 4;
    next = bytes[cursor.pos - 1]!;
  }
  return LAYER.raw;
}

export const gtp: LayerUnit = { udpPorts: [2152], sharesPort: true, read: readGtp };
