// GRE and what network equipment mirrors through it: NVGRE, ERSPAN I to III, PPTP.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer } from "../link/cursor.ts";

const ERSPAN = 0x88be;
const ERSPAN_3 = 0x22eb;

/*
  GRE (RFC 2784, 2890; version 1: RFC 2637): checksum 1, routing 1, key 1, sequence 1, strict 1, recursion 3,
  acknowledgment 1, flags 4, version 3, protocol 16; then checksum+offset 32, key 32, sequence 32, acknowledgment 32
  as their bits say. NVGRE (RFC 7637) is version 0 with a key that holds the network.
*/
export function readGre(cursor: Cursor): Layer {
  if (!cursor.has(4)) return cursor.stop("tunnel.short");
  const flags = u16(cursor.bytes, cursor.pos);
  if ((flags & 7) > 1 || (flags & 0x4000) !== 0) return cursor.stop("tunnel.gre");
  cursor.proto = u16(cursor.bytes, cursor.pos + 2);
  // Checksum, key, sequence, and in version 1 acknowledgment: four octets for each bit that is set.
  const present = flags & ((flags & 7) === 1 ? 0xb080 : 0xb000);
  for (let bits = present; bits !== 0; bits &= bits - 1) cursor.pos += 4;
  cursor.pos += 4;
  if (cursor.proto === ERSPAN) return (flags & 0x1000) !== 0 ? LAYER.erspan2 : LAYER.ethernet;
  return cursor.proto === ERSPAN_3 ? LAYER.erspan3 : LAYER.etherType;
}

/*
  ERSPAN type II (draft-foschiano-erspan): version 4 = 1, VLAN 12, class 3, encapsulation 2, truncated 1, session 10,
  reserved 12, index 20. Type I has no header at all and no GRE sequence number.
*/
export function readErspan2(cursor: Cursor): Layer {
  if (!cursor.has(8)) return cursor.stop("tunnel.short");
  if (cursor.bytes[cursor.pos]! >> 4 === 2) return LAYER.erspan3;
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
