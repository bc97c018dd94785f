// Opens single TLS records with keys already derived: authenticated or not at all.
import { createDecipheriv, createHmac, timingSafeEqual } from "node:crypto";
import type { CipherCCMTypes, CipherChaCha20Poly1305Types, CipherGCMTypes } from "node:crypto";
import type { TlsRecord } from "./records.ts";
import type { Suite } from "./suites.ts";

/** Plain bytes of the record with this sequence number, null when they do not authenticate. */
export type RecordCipher = (sequence: number, record: TlsRecord) => Uint8Array | null;

/** Keys of one direction. `iv`: fixed part of the nonce, empty for CBC. `mac` only for CBC. */
export interface RecordKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly mac: Uint8Array;
}

/** Bytes of the nonce that TLS 1.2 sends with each GCM or CCM record. */
export const EXPLICIT_NONCE = 8;
const BLOCK = 16;

/** TLS 1.3 (RFC 8446, section 5.2): nonce = IV xor sequence, the record header is authenticated. */
export function cipher13(suite: Suite, keys: RecordKeys): RecordCipher {
  return (sequence, { header, payload }) =>
    openAead(suite, keys.key, { nonce: xored(keys.iv, sequence), aad: header, sealed: payload });
}

/** TLS 1.2, all modes. */
export function cipher12(suite: Suite, keys: RecordKeys, encryptThenMac: boolean): RecordCipher {
  if (suite.mode === "cbc") return encryptThenMac ? cbcThenMac(suite, keys) : macThenCbc(suite, keys);
  if (suite.mode === "chacha") {
    // RFC 7905, section 2.
    return (sequence, record) =>
      openAead(suite, keys.key, {
        nonce: xored(keys.iv, sequence),
        aad: pseudoHeader(sequence, record, record.payload.length - suite.tagBytes),
        sealed: record.payload,
      });
  }
  // RFC 5288, section 3 and RFC 6655: four bytes of nonce from the keys, eight from the record.
  return (sequence, record) =>
    openAead(suite, keys.key, {
      nonce: Buffer.concat([keys.iv, record.payload.subarray(0, EXPLICIT_NONCE)]),
      aad: pseudoHeader(sequence, record, record.payload.length - EXPLICIT_NONCE - suite.tagBytes),
      sealed: record.payload.subarray(EXPLICIT_NONCE),
    });
}

interface Sealed {
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  /** Ciphertext and tag. */
  readonly sealed: Uint8Array;
}

function openAead(suite: Suite, key: Uint8Array, { nonce, aad, sealed }: Sealed): Uint8Array | null {
  const plaintextLength = sealed.length - suite.tagBytes;
  if (plaintextLength < 0) return null;
  try {
    const decipher = decipherOf(suite, key, nonce);
    decipher.setAuthTag(sealed.subarray(plaintextLength));
    decipher.setAAD(aad, { plaintextLength });
    const bytes = decipher.update(sealed.subarray(0, plaintextLength));
    // CCM has checked the tag in `update` and knows no more output.
    decipher.final();
    return bytes;
  } catch {
    return null;
  }
}

function decipherOf({ mode, cipher, tagBytes }: Suite, key: Uint8Array, nonce: Uint8Array) {
  if (mode === "gcm") return createDecipheriv(cipher as CipherGCMTypes, key, nonce);
  const options = { authTagLength: tagBytes };
  if (mode === "ccm") return createDecipheriv(cipher as CipherCCMTypes, key, nonce, options);
  return createDecipheriv(cipher as CipherChaCha20Poly1305Types, key, nonce, options);
}

/*
  GenericBlockCipher (RFC 5246, section 6.2.3.2): IV, then encrypted: content, MAC, padding, padding length
*/
function macThenCbc(suite: Suite, { key, mac }: RecordKeys): RecordCipher {
  return (sequence, record) => {
    const plain = decryptCbc(suite, key, record.payload);
    if (plain === null) return null;
    const tagged = unpadded(plain);
    const length = (tagged?.length ?? 0) - mac.length;
    if (tagged === null || length < 0) return null;
    const content = tagged.subarray(0, length);
    return isMac(suite, mac, {
      aad: pseudoHeader(sequence, record, length),
      content,
      tag: tagged.subarray(length),
    })
      ? content
      : null;
  };
}

/** encrypt_then_mac (RFC 7366, section 3): the MAC stands behind IV and ciphertext and covers them. */
function cbcThenMac(suite: Suite, { key, mac }: RecordKeys): RecordCipher {
  return (sequence, record) => {
    const length = record.payload.length - mac.length;
    if (length < 0) return null;
    const content = record.payload.subarray(0, length);
    const aad = pseudoHeader(sequence, record, length);
    if (!isMac(suite, mac, { aad, content, tag: record.payload.subarray(length) })) return null;
    const plain = decryptCbc(suite, key, content);
    return plain === null ? null : unpadded(plain);
  };
}

function decryptCbc({ cipher }: Suite, key: Uint8Array, bytes: Uint8Array): Uint8Array | null {
  if (bytes.length < 2 * BLOCK || bytes.length % BLOCK !== 0) return null;
  const decipher = createDecipheriv(cipher, key, bytes.subarray(0, BLOCK)).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes.subarray(BLOCK)), decipher.final()]);
}

function unpadded(plain: Uint8Array): Uint8Array | null {
  const padding = plain.at(-1) ?? 0;
  const end = plain.length - padding - 1;
  if (end < 0 || !plain.subarray(end).every((byte) => byte === padding)) return null;
  return plain.subarray(0, end);
}

function isMac(
  { mac }: Suite,
  key: Uint8Array,
  { aad, content, tag }: { readonly aad: Uint8Array; readonly content: Uint8Array; readonly tag: Uint8Array },
): boolean {
  return timingSafeEqual(
    createHmac(mac ?? "sha1", key)
      .update(aad)
      .update(content)
      .digest(),
    tag,
  );
}

/** What a TLS 1.2 record authenticates besides its content: sequence 64, type 8, version 16, length 16. */
function pseudoHeader(sequence: number, { header }: TlsRecord, length: number): Uint8Array {
  const bytes = Buffer.alloc(13);
  bytes.writeBigUInt64BE(BigInt(sequence));
  bytes.set(header.subarray(0, 3), 8);
  bytes.writeUInt16BE(Math.max(0, length), 11);
  return bytes;
}

function xored(iv: Uint8Array, sequence: number): Uint8Array {
  const nonce = Buffer.from(iv);
  const low = nonce.length - 8;
  nonce.writeBigUInt64BE(nonce.readBigUInt64BE(low) ^ BigInt(sequence), low);
  return nonce;
}
