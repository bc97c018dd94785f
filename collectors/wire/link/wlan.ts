// Unprotected 802.11 data frames, bare or behind radiotap.
import { u16 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "./cursor.ts";

/*
  Radiotap: version 8, pad 8, length 16 (little-endian, whole header), present flags …
*/
export function readRadiotap(cursor: Cursor): Layer {
  if (!cursor.has(8)) return cursor.stop("link.short");
  return cursor.skip(cursor.bytes.readUInt16LE(cursor.pos + 2), LAYER.wlan);
}

/*
  IEEE 802.11: frame control 16 (version 2, type 2, subtype 4 | to DS, from DS, more, retry, power, more, protected, order),
  duration 16, three addresses 48, sequence 16, a fourth address when both DS bits are set, QoS control 16 when
  subtype bit 3 is set, HT control 32 when QoS and order are set; then LLC/SNAP.
*/
export function readWlan(cursor: Cursor): Layer {
  if (!cursor.has(24)) return cursor.stop("link.short");
  const control = cursor.bytes[cursor.pos]!;
  const flags = cursor.bytes[cursor.pos + 1]!;
  const isData = (control & 0x0f) === 0x08;
  const hasNoBody = (control & 0x40) !== 0;
  const isProtected = (flags & 0x40) !== 0;
  if (!isData || hasNoBody || isProtected) return LAYER.done;
  return llc(cursor, 24 + extra(control, flags));
}

function extra(control: number, flags: number): number {
  const isQos = (control & 0x80) !== 0;
  return ((flags & 3) === 3 ? 6 : 0) + (isQos ? 2 : 0) + (isQos && (flags & 0x80) !== 0 ? 4 : 0);
}

/** Some drivers pad the header to 32 bits, so the SNAP header is looked for at both places. */
function llc(cursor: Cursor, header: number): Layer {
  const { bytes, pos } = cursor;
  for (const at of [pos + header, pos + header + 2]) {
    if (at + 8 > cursor.end || u16(bytes, at) !== 0xaaaa) continue;
    cursor.pos = at + 8;
    cursor.proto = u16(bytes, at + 6);
    return cursor.proto > 1_500 ? LAYER.etherType : LAYER.done;
  }
  return LAYER.done;
}

export const radiotap: LayerUnit = { linkTypes: [127], read: readRadiotap };

export const wlan: LayerUnit = { layer: LAYER.wlan, linkTypes: [105], read: readWlan };
