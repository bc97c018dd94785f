// MPLS label stacks, down to the bottom label; the payload names itself.
import { type Cursor, LAYER, type Layer } from "./cursor.ts";

/*
  Label stack entry (RFC 3032): label 20, class 3, bottom of stack 1, TTL 8. Nothing names the payload: IP by its
  version nibble, else an Ethernet pseudowire, with or without its control word (RFC 4385: first nibble 0).
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
  return nibble === 0 ? cursor.skip(4, LAYER.ethernet) : LAYER.ethernet;
}
