// From an Ethernet type to the layer behind it; shared by every link that names its payload that way.
import { type Cursor, LAYER, type Layer } from "./cursor.ts";

/** Frames with a length instead of a type (IEEE 802.3) carry LLC. */
const LARGEST_LENGTH = 1_500;

const layers: ReadonlyMap<number, Layer> = new Map<number, Layer>([
  [0x0800, LAYER.ipv4],
  [0x86dd, LAYER.ipv6],
  [0x8100, LAYER.vlan],
  [0x88a8, LAYER.vlan],
  [0x9100, LAYER.vlan],
  [0x9200, LAYER.vlan],
  [0x8847, LAYER.mpls],
  [0x8848, LAYER.mpls],
  [0x8864, LAYER.pppoe],
  [0x6558, LAYER.ethernet],
  [0x880b, LAYER.ppp],
]);

export function readEtherType(cursor: Cursor): Layer {
  if (cursor.proto === 0x0800) return LAYER.ipv4;
  if (cursor.proto <= LARGEST_LENGTH) return readLlc(cursor);
  return layers.get(cursor.proto) ?? LAYER.done;
}

/*
  LLC/SNAP (IEEE 802.2): DSAP 0xaa, SSAP 0xaa, control 0x03, OUI 24, ether type 16
*/
function readLlc(cursor: Cursor): Layer {
  const { bytes, pos } = cursor;
  if (!cursor.has(8) || bytes[pos] !== 0xaa || bytes[pos + 1] !== 0xaa) return LAYER.done;
  cursor.proto = bytes.readUInt16BE(pos + 6);
  return cursor.proto <= LARGEST_LENGTH ? LAYER.done : cursor.skip(8, LAYER.etherType);
}
