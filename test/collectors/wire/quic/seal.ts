// Seals Initial packets as QUIC clients do (RFC 9001, section 5), for tests.
import { createCipheriv } from "node:crypto";
import { clientKeys } from "../../../../collectors/wire/quic/initial.ts";

export const V1 = 1;
export const V2 = 0x6b3343cf;

const varint = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((0x8000_0000 + value) >>> 0);
  return bytes;
};

/** CRYPTO frame. */
export const crypto = (offset: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(6), varint(offset), varint(bytes.length), bytes]);

export interface Sealing {
  readonly version?: number;
  readonly destination?: string;
  readonly number?: number;
  readonly token?: string;
  /** Size of the whole packet, reached by padding. */
  readonly size?: number;
}

export function initial(frames: Uint8Array, sealing: Sealing = {}): Buffer {
  const { version = V1, destination = "8394c8f03e515708", number = 2, token = "", size = 1_200 } = sealing;
  const id = Buffer.from(destination, "hex");
  const { key, iv, hp } = clientKeys(version, id)!;
  const [words, tail] = [Buffer.alloc(4), Buffer.alloc(4)];
  words.writeUInt32BE(version);
  tail.writeUInt32BE(number);
  const first = (version === V2 ? 0xd0 : 0xc0) | 3;
  const token_ = Buffer.from(token, "hex");
  const ends = Buffer.concat([Buffer.of(id.length), id, Buffer.of(0), varint(token_.length), token_]);
  const room = Math.max(frames.length, size - 5 - ends.length - 4 - 4 - 16);
  const payload = Buffer.concat([frames, Buffer.alloc(room - frames.length)]);
  const header = Buffer.concat([Buffer.of(first), words, ends, varint(4 + payload.length + 16), tail]);
  const nonce = Buffer.from(iv);
  for (let at = 0; at < 4; at++) nonce[8 + at]! ^= tail[at]!;
  const cipher = createCipheriv("aes-128-gcm", key, nonce).setAAD(header);
  const sealed = Buffer.concat([cipher.update(payload), cipher.final(), cipher.getAuthTag()]);
  const mask = createCipheriv("aes-128-ecb", hp, null).update(sealed.subarray(0, 16));
  header[0]! ^= mask[0]! & 0x0f;
  for (let at = 0; at < 4; at++) header[header.length - 4 + at]! ^= mask[1 + at]!;
  return Buffer.concat([header, sealed]);
}
