// Links that carry IP with little or nothing in front: raw, null and loop.
import { i32 } from "../bytes.ts";
import { type Cursor, LAYER, type Layer, type LayerUnit } from "./cursor.ts";

/** By the version nibble of the first octet. */
export function readRaw(cursor: Cursor): Layer {
  if (!cursor.has(1)) return cursor.stop("link.short");
  const version = cursor.bytes[cursor.pos]! >> 4;
  if (version === 4) return LAYER.ipv4;
  return version === 6 ? LAYER.ipv6 : LAYER.done;
}

/*
  BSD loopback: address family 32, in the byte order of whoever captured (null) or of the network (loop).
  AF_INET is 2 everywhere; AF_INET6 is 10, 24, 28 or 30, depending on the system.
*/
export function readNull(cursor: Cursor): Layer {
  if (!cursor.has(4)) return cursor.stop("link.short");
  const family = i32(cursor.bytes, cursor.pos);
  cursor.pos += 4;
  const either = family & 0xff000000 ? family >>> 24 : family;
  if (either === 2) return LAYER.ipv4;
  return either === 10 || either === 24 || either === 28 || either === 30 ? LAYER.ipv6 : LAYER.done;
}

/** Some writers put DLT numbers (12, 14) where link types belong. */
export const raw: LayerUnit = { layer: LAYER.raw, linkTypes: [12, 14, 101], read: readRaw };

export const loopback: LayerUnit = { linkTypes: [0, 108], read: readNull };
