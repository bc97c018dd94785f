// GRE, and what is GRE by another name: NVGRE, PPTP.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

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
  cursor.greFlags = flags;
  return cursor.tables.greTypes.get(cursor.proto) ?? LAYER.etherType;
}

/** On IP itself, or on UDP (RFC 8086). */
export const gre: LayerUnit = { ipProtocols: [47], udpPorts: [4754], read: readGre };
