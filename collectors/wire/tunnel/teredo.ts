// Teredo: IPv6 through address translators of IPv4.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

/*
  Teredo (RFC 4380): optional authentication (0x0001, id length 8, auth length 8, id, auth, nonce 64, confirmation 8),
  optional origin (0x0000, port 16, address 32), then IPv6. Other traffic uses the port too.
*/
export function readTeredo(cursor: Cursor): Layer {
  const { bytes, end } = cursor;
  let at = cursor.pos;
  if (at + 4 <= end && u16(bytes, at) === 1) at += 13 + bytes[at + 2]! + bytes[at + 3]!;
  if (at + 8 <= end && u16(bytes, at) === 0) at += 8;
  if (at + 40 > end || bytes[at]! >> 4 !== 6) return LAYER.done;
  cursor.pos = at;
  return LAYER.ipv6;
}

export const teredo: LayerUnit = {
  udpPorts: [3544],
  udpSourcePorts: [3544],
  sharesPort: true,
  read: readTeredo,
};
