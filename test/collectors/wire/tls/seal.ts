// Seals TLS 1.3 records for tests, for what no library can be asked to send.
import { createCipheriv } from "node:crypto";
import { expandLabel } from "../../../../collectors/wire/tls/key-schedule.ts";
import type { TlsRecord } from "../../../../collectors/wire/tls/records.ts";
import { record } from "./hello-bytes.ts";

export const SECRET = Buffer.alloc(32, 5).toString("hex");

/** TLS_AES_128_GCM_SHA256. `padding`: zeros behind the inner type. */
export function sealed(
  secret: Uint8Array,
  sequence: number,
  inner: { type: number; bytes: Uint8Array; padding?: number },
): Uint8Array {
  const { type, bytes, padding = 0 } = inner;
  const nonce = Buffer.from(expandLabel("sha256", secret, "iv", 12));
  nonce[11] = (nonce[11] ?? 0) ^ sequence;
  const plain = Uint8Array.from([...bytes, type, ...new Uint8Array(padding)]);
  const header = record(23, new Uint8Array(plain.length + 16)).subarray(0, 5);
  const cipher = createCipheriv("aes-128-gcm", expandLabel("sha256", secret, "key", 16), nonce).setAAD(
    header,
  );
  return record(23, Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
}

export function asRecord(bytes: Uint8Array): TlsRecord {
  return { type: bytes[0] ?? 0, header: bytes.subarray(0, 5), payload: bytes.subarray(5), at: 1 };
}
