// Keyed hashes: equality without the value, useless to whoever lacks the install's secret.
import { createHmac } from "node:crypto";

// 128 bits: no two values of one install meet by chance, and tags stay short in rows and messages.
const TAG_BYTES = 16;
// Paths, names and addresses are shorter; longer texts get a buffer of their own.
const SCRATCH_BYTES = 4096;

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/*
  HalfSipHash-2-4 with a 32-bit result (Aumasson and Bernstein, reference code of SipHash): 32-bit words, little endian
    state     v0 = k0, v1 = k1, v2 = k0 ^ 0x6c796765, v3 = k1 ^ 0x74656462
    per word  v3 ^= m, two rounds, v0 ^= m
    last word remaining bytes, with the length modulo 256 in its top byte
    end       v2 ^= 0xff, four rounds, result v1 ^ v3
*/
/** Hash of the first `length` bytes under the 64-bit key (`k0`, `k1`), as an unsigned 32-bit number. */
export function halfSipHash(k0: number, k1: number, bytes: Uint8Array, length = bytes.length): number {
  let v0 = k0;
  let v1 = k1;
  let v2 = k0 ^ 0x6c796765;
  let v3 = k1 ^ 0x74656462;
  const words = length >>> 2;
  // The four rounds at the end are two more steps that absorb nothing; one loop keeps the state in registers.
  for (let step = 0; step < words + 3; step++) {
    const word = wordAt(bytes, length, step);
    v3 ^= word;
    if (step === words + 1) v2 ^= 0xff;
    for (let round = 0; round < 2; round++) {
      v0 = (v0 + v1) | 0;
      v1 = rotate(v1, 5) ^ v0;
      v0 = rotate(v0, 16);
      v2 = (v2 + v3) | 0;
      v3 = rotate(v3, 8) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = rotate(v3, 7) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = rotate(v1, 13) ^ v2;
      v2 = rotate(v2, 16);
    }
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}

/** The word of a step: four bytes, then what is left with the length on top, then zero. */
function wordAt(bytes: Uint8Array, length: number, step: number): number {
  const at = step * 4;
  if (at > length) return 0;
  let word = at + 4 > length ? length << 24 : (bytes[at + 3] ?? 0) << 24;
  for (let index = Math.min(2, length - at - 1); index >= 0; index--)
    word |= (bytes[at + index] ?? 0) << (8 * index);
  return word;
}

/**
 * A fast 32-bit keyed hash for sketches and bounded maps: the same text gives the same number under the same secret,
 * and whoever writes the traffic cannot aim for small ones.
 */
export function createHash32(secret: Uint8Array): (text: string) => number {
  const key = createHmac("sha256", secret).update("umbra hash32").digest();
  const k0 = key.readInt32LE(0);
  const k1 = key.readInt32LE(4);
  const encoder = new TextEncoder();
  const scratch = new Uint8Array(SCRATCH_BYTES);
  return (text) => {
    // UTF-8 needs at most three bytes per UTF-16 unit.
    if (text.length * 3 > SCRATCH_BYTES) return halfSipHash(k0, k1, encoder.encode(text));
    return halfSipHash(k0, k1, scratch, encoder.encodeInto(text, scratch).written);
  };
}

/** HMAC-SHA256 of the text, cut to 128 bits, base64url: stands for a value where equality matters. */
export function secretTag(secret: Uint8Array, text: string | Uint8Array): string {
  return createHmac("sha256", secret).update(text).digest().subarray(0, TAG_BYTES).toString("base64url");
}
