// UDP and the tunnels that sit on its ports.
import { i32, u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer } from "../link/cursor.ts";

/** IANA service names; 8472 is what Linux used before VXLAN had a number. */
const byDestination: ReadonlyMap<number, Layer> = new Map<number, Layer>([
  [4789, LAYER.vxlan],
  [8472, LAYER.vxlan],
  [4790, LAYER.vxlanGpe],
  [6081, LAYER.geneve],
  [4754, LAYER.gre],
  [2152, LAYER.gtp],
]);
const TEREDO = 3544;

/*
  UDP (RFC 768): source 16, destination 16, length 16, checksum 16
*/
export function readUdp(cursor: Cursor): Layer {
  const { bytes, pos } = cursor;
  if (!cursor.has(8)) return cursor.stop("udp.short");
  cursor.srcPort = u16(bytes, pos);
  cursor.dstPort = u16(bytes, pos + 2);
  const length = u16(bytes, pos + 4);
  if (length >= 8) cursor.clip(pos + length);
  cursor.pos += 8;
  const tunnel = byDestination.get(cursor.dstPort);
  if (tunnel !== undefined) return tunnel;
  return cursor.srcPort === TEREDO || cursor.dstPort === TEREDO ? LAYER.teredo : LAYER.done;
}

/*
  VXLAN (RFC 7348): flags 8 (0x08 = VNI valid), reserved 24, VNI 24, reserved 8. Reserved bits do occur and mean nothing.
*/
export function readVxlan(cursor: Cursor): Layer {
  if (!cursor.has(8)) return cursor.stop("tunnel.short");
  cursor.tag(i32(cursor.bytes, cursor.pos + 4) >>> 8);
  return cursor.skip(8, LAYER.ethernet);
}

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
