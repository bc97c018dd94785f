// MPLS label stacks, down to the bottom label; the payload names itself.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "./cursor.ts";

/*
  Label stack entry (RFC 3032): label 20, class 3, bottom of stack 1, TTL 8. Nothing names the payload: IP by its
  version nibble, else an Ethernet pseudowire, with or without its control word (RFC 4385: first nibble 0). Addresses
  begin with a nibble of 0 as well, so the type behind them decides.
*/
export function readMpls(cursor: Cursor): Layer {
  let bottom = false;
  while (!bottom) {
    if (!cursor.has(5)) return cursor.stop("link.short");
    bottom = (cursor.bytes[cursor.pos + 2]! & 1) === 1;
    cursor.pos += 4;
  }
  const nibble = cursor.bytes[cursor.pos]! >> 4;
  if (nibble === 4) return LAYER.ipv4;
  if (nibble === 6) return LAYER.ipv6;
  return cursor.skip(nibble === 0 && isFrame(cursor, 4) && !isFrame(cursor, 0) ? 4 : 0, LAYER.ethernet);
}

/** Whether the Ethernet type would be one that carries IP or tags, if the frame began `ahead`. */
function isFrame(cursor: Cursor, ahead: number): boolean {
  if (!cursor.has(ahead + 14)) return false;
  const type = u16(cursor.bytes, cursor.pos + ahead + 12);
  return type === 0x0800 || type === 0x86dd || type === 0x8100 || type === 0x88a8;
}

export const mpls: LayerUnit = {
  etherTypes: [0x8847, 0x8848],
  ipProtocols: [137],
  pppTypes: [0x0281],
  read: readMpls,
};
