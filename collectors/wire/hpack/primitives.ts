// HPACK's two building blocks: prefixed integers and strings.
import { parsed, weird } from "../../../src/model/parsed.ts";
import type { Parsed } from "../../../src/model/parsed.ts";
import { decodeHuffman } from "./huffman.ts";

/** Walks over one header block. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

// A header block has at most 64 KiB, so nothing in it can be longer or have a higher index; table sizes fit 32 bits.
const MAX_INTEGER = 0xffff_ffff;

/*
  Integer (RFC 7541, section 5.1): the low `prefix` bits of the first byte; when all are ones, 7 bits a byte follow,
  least significant first, each but the last with the high bit set.
*/
export function readInteger(cursor: Cursor, prefix: number): Parsed<number> {
  const full = (1 << prefix) - 1;
  const first = cursor.bytes[cursor.at];
  if (first === undefined) return weird("hpack.short");
  cursor.at++;
  let value = first & full;
  if (value < full) return parsed(value);
  for (let scale = 1; ; scale *= 128) {
    const next = cursor.bytes[cursor.at];
    if (next === undefined) return weird("hpack.short");
    cursor.at++;
    value += (next & 127) * scale;
    // The scale is checked too: zeros may be appended for ever without the value growing.
    if (value > MAX_INTEGER || scale > MAX_INTEGER) return weird("hpack.integer");
    if (next < 128) return parsed(value);
  }
}

/*
  String (RFC 7541, section 5.2): H bit, 7-bit prefixed length, that many bytes, Huffman coded when H is set.
*/
export function readString(cursor: Cursor): Parsed<string> {
  const huffman = ((cursor.bytes[cursor.at] ?? 0) & 0x80) !== 0;
  const length = readInteger(cursor, 7);
  if (!length.ok) return length;
  const end = cursor.at + length.value;
  if (end > cursor.bytes.length) return weird("hpack.short");
  const raw = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  if (huffman) return decodeHuffman(raw);
  return parsed(Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString("latin1"));
}
