// NFLOG captures: packets as the Linux netfilter log hands them over.
import { type Cursor, LAYER, type Layer, type LayerUnit } from "./cursor.ts";

/** AF_INET and AF_INET6 of Linux, where NFLOG lives. */
const INET = 2;
const INET6 = 10;
const PAYLOAD = 9;

/*
  NFLOG (LINKTYPE 239): family 8, version 8, resource id 16, then TLVs in host byte order:
    length 16 (with its own 4 bytes), type 16, value, padded to 32 bits
*/
export function readNflog(cursor: Cursor): Layer {
  const { bytes, end } = cursor;
  if (!cursor.has(4)) return cursor.stop("link.short");
  const family = bytes[cursor.pos];
  let at = cursor.pos + 4;
  while (at + 4 <= end) {
    let length = bytes.readUInt16LE(at);
    let type = bytes.readUInt16LE(at + 2) & 0x7fff;
    if (type > 0xff) {
      length = bytes.readUInt16BE(at);
      type = bytes.readUInt16BE(at + 2) & 0x7fff;
    }
    if (length < 4) return cursor.stop("link.nflog");
    if (type === PAYLOAD) return payload(cursor, at, length, family);
    at += Math.ceil(length / 4) * 4;
  }
  return LAYER.done;
}

function payload(cursor: Cursor, at: number, length: number, family: number | undefined): Layer {
  cursor.clip(at + length);
  cursor.pos = at + 4;
  if (family === INET) return LAYER.ipv4;
  return family === INET6 ? LAYER.ipv6 : LAYER.raw;
}

export const nflog: LayerUnit = { linkTypes: [239], read: readNflog };
