// IPv6 headers and the extension headers behind them.
import { i32, u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

/** As for IPv4. */
const MAX_DEPTH = 8;

/*
  IPv6 (RFC 8200): version 4, class 8, label 20, payload length 16, next header 8, hops 8, source 128, destination 128
*/
export function readIpv6(cursor: Cursor): Layer {
  const { bytes, pos } = cursor;
  if (!cursor.has(40)) return cursor.stop("ip.short");
  if (bytes[pos]! >> 4 !== 6) return cursor.stop("ip.header");
  if (++cursor.depth > MAX_DEPTH) return cursor.stop("decap.depth");
  const payload = u16(bytes, pos + 4);
  // Zero: a jumbogram, or segmentation left to the network card.
  if (payload !== 0) cursor.clip(pos + 40 + payload);
  addresses(cursor);
  cursor.ipId = -1;
  cursor.proto = bytes[pos + 6]!;
  cursor.pos += 40;
  return readExtensions(cursor);
}

function addresses(cursor: Cursor): void {
  const { bytes, pos } = cursor;
  cursor.v6 = true;
  cursor.src0 = i32(bytes, pos + 8);
  cursor.src1 = i32(bytes, pos + 12);
  cursor.src2 = i32(bytes, pos + 16);
  cursor.src3 = i32(bytes, pos + 20);
  cursor.dst0 = i32(bytes, pos + 24);
  cursor.dst1 = i32(bytes, pos + 28);
  cursor.dst2 = i32(bytes, pos + 32);
  cursor.dst3 = i32(bytes, pos + 36);
}

const FRAGMENT = 44;
const AUTHENTICATION = 51;
/** Hop-by-hop, routing, destination, mobility, HIP, Shim6: all with next header 8, length 8 in 8 octets less one. */
const SKIPPED = new Set([0, 43, 60, 135, 139, 140]);

/** Also walks what follows a reassembled fragment. Every header is at least 8 octets, so the packet bounds the loop. */
export function readExtensions(cursor: Cursor): Layer {
  for (;;) {
    if (cursor.proto === FRAGMENT) return readFragment(cursor);
    const isAuthentication = cursor.proto === AUTHENTICATION;
    if (!isAuthentication && !SKIPPED.has(cursor.proto)) return LAYER.ipProtocol;
    if (!cursor.has(8)) return cursor.stop("ip.extension");
    const { bytes, pos } = cursor;
    const words = bytes[pos + 1]!;
    cursor.proto = bytes[pos]!;
    cursor.pos += isAuthentication ? (words + 2) * 4 : (words + 1) * 8;
  }
}

/*
  Fragment header: next header 8, reserved 8, offset 13 (in 8 octets), reserved 2, more 1, id 32.
  Offset 0 and no more is an atomic fragment (RFC 6946): the whole packet.
*/
function readFragment(cursor: Cursor): Layer {
  const { bytes, pos } = cursor;
  if (!cursor.has(8)) return cursor.stop("ip.extension");
  const field = u16(bytes, pos + 2);
  cursor.proto = bytes[pos]!;
  cursor.fragmentOffset = field & 0xfff8;
  cursor.moreFragments = (field & 1) === 1;
  cursor.ipId = i32(bytes, pos + 4);
  cursor.pos += 8;
  if (cursor.fragmentOffset !== 0 || cursor.moreFragments) return LAYER.fragment;
  cursor.ipId = -1;
  return readExtensions(cursor);
}

export const ipv6: LayerUnit = {
  layer: LAYER.ipv6,
  linkTypes: [229],
  etherTypes: [0x86dd],
  ipProtocols: [41],
  pppTypes: [0x0057],
  read: readIpv6,
};
