// Derives record keys from logged secrets: the PRF of TLS 1.2, HKDF-Expand-Label of TLS 1.3.
import { createHmac } from "node:crypto";

/** P_hash(secret, label + seed), RFC 5246, section 5. */
export function prf(
  hash: "sha256" | "sha384",
  secret: Uint8Array,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  const parts: Uint8Array[] = [];
  let a: Uint8Array = seed;
  for (let got = 0; got < length;) {
    a = createHmac(hash, secret).update(a).digest();
    const part = createHmac(hash, secret).update(a).update(seed).digest();
    parts.push(part);
    got += part.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** Seed of the key block: label, server random, client random (RFC 5246, section 6.3). */
export function keyBlockSeed(serverRandom: Uint8Array, clientRandom: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from("key expansion", "latin1"), serverRandom, clientRandom]);
}

/**
 * HKDF-Expand-Label(secret, label, "", length), RFC 8446, section 7.1. All our lengths fit into one block of the hash, so
 * HKDF-Expand is a single HMAC over HkdfLabel and the byte 1.
 *   HkdfLabel: length 16, "tls13 " + label <8>, context <8>
 */
export function expandLabel(
  hash: "sha256" | "sha384",
  secret: Uint8Array,
  label: string,
  length: number,
): Uint8Array {
  const name = Buffer.from(`tls13 ${label}`, "latin1");
  const info = Buffer.concat([
    Uint8Array.from([length >> 8, length & 255, name.length]),
    name,
    Uint8Array.from([0, 1]),
  ]);
  return createHmac(hash, secret).update(info).digest().subarray(0, length);
}
