// IPv4 headers: addresses, honest length, fragments.
import { i32, u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

/** Deeper nesting than any real overlay; keeps a hostile packet from costing more than its size. */
const MAX_DEPTH = 8;

/*
  IPv4 (RFC 791): version 4, header words 4, service 8, total length 16, id 16, flags 3 (reserved, don't, more),
  fragment offset 13 (in 8 octets), TTL 8, protocol 8, checksum 16, source 32, destination 32, options
  Checksums are not verified: offloading makes them wrong in captures.
*/
export function readIpv4(cursor: Cursor): Layer {
  const { bytes, pos } = cursor;
  if (!cursor.has(20)) return cursor.stop("ip.short");
  const header = (bytes[pos]! & 0x0f) * 4;
  if (bytes[pos]! >> 4 !== 4 || header < 20 || !cursor.has(header)) return cursor.stop("ip.header");
  if (++cursor.depth > MAX_DEPTH) return cursor.stop("decap.depth");
  const total = u16(bytes, pos + 2);
  // Zero: the sender left segmentation to its network card; the captured length is all there is.
  if (total !== 0 && total < header) return cursor.stop("ip.header");
  if (total !== 0) cursor.clip(pos + total);
  addresses(cursor);
  cursor.ipId = u16(bytes, pos + 4);
  cursor.proto = bytes[pos + 9]!;
  const fragment = u16(bytes, pos + 6);
  cursor.fragmentOffset = (fragment & 0x1fff) * 8;
  cursor.moreFragments = (fragment & 0x2000) !== 0;
  const whole = (fragment & 0x3fff) === 0;
  return cursor.skip(header, whole ? LAYER.ipProtocol : LAYER.fragment);
}

function addresses(cursor: Cursor): void {
  cursor.v6 = false;
  cursor.src0 = cursor.src1 = cursor.src2 = 0;
  cursor.dst0 = cursor.dst1 = cursor.dst2 = 0;
  cursor.src3 = i32(cursor.bytes, cursor.pos + 12);
  cursor.dst3 = i32(cursor.bytes, cursor.pos + 16);
}

export const ipv4: LayerUnit = {
  layer: LAYER.ipv4,
  linkTypes: [228],
  etherTypes: [0x0800],
  ipProtocols: [4],
  pppTypes: [0x0021],
  read: readIpv4,
};
