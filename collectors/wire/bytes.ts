// Reading numbers and text out of captured bytes: never throws, absent bytes read as zero.

export const NO_BYTES = Buffer.alloc(0);

/** The same memory as a Buffer, for its fast latin1 decoding. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** As a signed 32-bit integer: what TCP sequence arithmetic and address words want. */
export function i32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

export function u32(bytes: Uint8Array, at: number): number {
  return i32(bytes, at) >>> 0;
}

/** Memory of its own: a kept slice pins neither the chunk it was read from nor a pool shared with others. */
export function ownCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}

/** Part of Node's Buffer since its beginning, missing in its types: `toString("latin1")` without argument juggling. */
interface Latin1 {
  latin1Slice(start: number, end: number): string;
}

/** Bytes as text, one character each; `end` may lie behind the last byte. */
export function latin1(bytes: Buffer, start: number, end: number): string {
  return (bytes as Buffer & Latin1).latin1Slice(start, end < bytes.length ? end : bytes.length);
}
