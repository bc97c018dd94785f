// The interface description block of pcapng: link type and how its time stamps count.

/** Byte order of a section. */
export interface Endian {
  u16(bytes: Buffer, at: number): number;
  u32(bytes: Buffer, at: number): number;
}

export const LITTLE: Endian = {
  u16: (bytes, at) => bytes.readUInt16LE(at),
  u32: (bytes, at) => bytes.readUInt32LE(at),
};

export const BIG: Endian = {
  u16: (bytes, at) => bytes.readUInt16BE(at),
  u32: (bytes, at) => bytes.readUInt32BE(at),
};

export interface Interface {
  readonly linkType: number;
  /** 0 = unlimited. */
  readonly snapLength: number;
  readonly ticksPerMs: number;
  /** Added to every time stamp (if_tsoffset, given in seconds). */
  readonly offsetMs: number;
}

/*
  Options: code 16, length 16, value padded to 32 bits; code 0 ends.
    9  if_tsresol   8 bits: negative power of 10, or of 2 when the top bit is set; 6 when absent
    14 if_tsoffset  64 bits signed, seconds
*/
const TSRESOL = 9;
const TSOFFSET = 14;

interface Option {
  readonly code: number;
  readonly length: number;
  /** Where its value begins. */
  readonly at: number;
}

/** Options of a block from `start` on, as far as they fit. */
export function* optionsOf(block: Buffer, start: number, endian: Endian): Generator<Option> {
  const end = block.length - 4;
  for (let at = start; at + 4 <= end;) {
    const code = endian.u16(block, at);
    const length = endian.u16(block, at + 2);
    if (code === 0 || at + 4 + length > end) return;
    yield { code, length, at: at + 4 };
    at += 4 + Math.ceil(length / 4) * 4;
  }
}

/*
  Options of an interface statistics block, totals since the capture began:
    5  isb_ifdrop  64 bits, packets the interface had no room for
    7  isb_osdrop  64 bits, packets the operating system had no room for
*/
const DROPS = new Set([5, 7]);

/** Packets dropped so far; `block` is a whole ISB of at least 24 bytes. */
export function dropsOf(block: Buffer, endian: Endian): number {
  let drops = 0;
  for (const { code, length, at } of optionsOf(block, 20, endian)) {
    if (DROPS.has(code) && length === 8) drops += u64(block, at, endian);
  }
  return drops;
}

/** `block` is a whole IDB of at least 20 bytes. */
export function interfaceOf(block: Buffer, endian: Endian): Interface {
  let ticksPerMs = 1_000;
  let offsetMs = 0;
  for (const { code, length, at } of optionsOf(block, 16, endian)) {
    if (code === TSRESOL && length >= 1) ticksPerMs = ticks(block[at]!);
    if (code === TSOFFSET && length >= 8) offsetMs = seconds(block, at, endian) * 1_000;
  }
  return { linkType: endian.u16(block, 8), snapLength: endian.u32(block, 12), ticksPerMs, offsetMs };
}

function ticks(resolution: number): number {
  const power = resolution & 0x7f;
  return (resolution & 0x80 ? 2 ** power : 10 ** power) / 1_000;
}

function seconds(block: Buffer, at: number, endian: Endian): number {
  const [high, low] = endian === BIG ? [at, at + 4] : [at + 4, at];
  return (endian.u32(block, high) | 0) * 0x1_0000_0000 + endian.u32(block, low);
}

function u64(block: Buffer, at: number, endian: Endian): number {
  const [high, low] = endian === BIG ? [at, at + 4] : [at + 4, at];
  return endian.u32(block, high) * 0x1_0000_0000 + endian.u32(block, low);
}
