// From an Ethernet type to the layer behind it; shared by every link that names its payload that way.
import { type Cursor, LAYER, type Layer, type LayerUnit } from "./cursor.ts";

/** Frames with a length instead of a type (IEEE 802.3) carry LLC. */
const LARGEST_LENGTH = 1_500;

export function readEtherType(cursor: Cursor): Layer {
  if (cursor.proto === 0x0800) return LAYER.ipv4;
  if (cursor.proto <= LARGEST_LENGTH) return readLlc(cursor);
  return cursor.tables.etherTypes.get(cursor.proto) ?? LAYER.done;
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

export const etherType: LayerUnit = { layer: LAYER.etherType, read: readEtherType };
