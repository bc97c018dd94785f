// Reads TLS's length-prefixed structures: never throws, remembers when something was missing.

/** Absent bytes read as zero and set `short`; whoever reads checks it once, at the end. */
export class VectorReader {
  short = false;
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    const value = this.bytes[this.at];
    if (value === undefined) this.short = true;
    this.at++;
    return value ?? 0;
  }

  u16(): number {
    return this.u8() * 256 + this.u8();
  }

  take(length: number): Uint8Array {
    if (length > this.left) this.short = true;
    const taken = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return taken;
  }

  /** opaque<0..2^8-1> */
  vector8(): Uint8Array {
    return this.take(this.u8());
  }

  /** opaque<0..2^16-1> */
  vector16(): Uint8Array {
    return this.take(this.u16());
  }
}

/** All 16-bit numbers of a vector; an odd byte at the end is left out. */
export function u16List(bytes: Uint8Array): number[] {
  const reader = new VectorReader(bytes);
  const list: number[] = [];
  while (reader.left >= 2) list.push(reader.u16());
  return list;
}
