// UDP: its ports say whether a tunnel sits on it.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";

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
  const { udpPorts, udpSourcePorts } = cursor.tables;
  return udpPorts.get(cursor.dstPort) ?? udpSourcePorts.get(cursor.srcPort) ?? LAYER.done;
}

export const udp: LayerUnit = { layer: LAYER.udp, ipProtocols: [17], sharesPort: true, read: readUdp };
