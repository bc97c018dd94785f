// TLS connections with fixed randoms and secrets, sealed here: real TLS gives other bytes every time.
import { createCipheriv, createHmac } from "node:crypto";
import { keyBlockSeed, prf } from "../../../collectors/wire/tls/key-schedule.ts";
import {
  alpn,
  clientHello,
  message,
  record,
  serverHello,
  sni,
  vector16,
  versions,
} from "../../collectors/wire/tls/hello-bytes.ts";
import { sealed } from "../../collectors/wire/tls/seal.ts";
import type { Turn } from "./turn.ts";

const CLIENT_RANDOM = "07".repeat(32);
const FINISHED = message(20, new Uint8Array(32));
const CHANGE_CIPHER = record(20, Uint8Array.of(1));
const secret = (fill: number): Buffer => Buffer.alloc(32, fill);
const said = (side: 0 | 1, ...parts: readonly Uint8Array[]): Turn => ({ side, bytes: Buffer.concat(parts) });

export interface SealedTalk {
  readonly turns: readonly Turn[];
  readonly keylog: string;
}

const TLS13 = {
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: 1,
  CLIENT_TRAFFIC_SECRET_0: 2,
  SERVER_TRAFFIC_SECRET_0: 3,
  SERVER_HANDSHAKE_TRAFFIC_SECRET: 4,
} as const;

/** TLS_AES_128_GCM_SHA256; `protocol` as ALPN names it. */
export function tls13(content: readonly Turn[], protocol: string): SealedTalk {
  const [type, names] = alpn(protocol);
  const extensions = Uint8Array.from(vector16([0, type, ...vector16([...names])]));
  const opening = [
    said(
      0,
      record(22, message(1, clientHello([0x1301], [sni("shop.test"), versions(0x0304), alpn(protocol)]))),
    ),
    said(
      1,
      record(22, message(2, serverHello(0x1301, [[43, [3, 4]]]))),
      CHANGE_CIPHER,
      sealed(secret(4), 0, { type: 22, bytes: Buffer.concat([message(8, extensions), FINISHED]) }),
    ),
    said(0, CHANGE_CIPHER, sealed(secret(1), 0, { type: 22, bytes: FINISHED })),
  ];
  const counts: [number, number] = [0, 0];
  const turns = content.map(({ side, bytes }) =>
    said(side, sealed(secret(side === 0 ? 2 : 3), counts[side]++, { type: 23, bytes, padding: 3 })),
  );
  const keylog = Object.entries(TLS13)
    .map(([label, fill]) => `${label} ${CLIENT_RANDOM} ${secret(fill).toString("hex")}\n`)
    .join("");
  return { turns: [...opening, ...turns], keylog };
}

type Seal = (sequence: number, type: number, plain: Uint8Array) => Uint8Array;

const MASTER = Buffer.alloc(48, 5);
const pseudoHeader = (sequence: number, type: number, length: number): Buffer => {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(sequence, 4);
  bytes.set([type, 3, 3, length >> 8, length & 255], 8);
  return bytes;
};

/** RFC 5288: the sequence number serves as explicit nonce. */
const gcm =
  (key: Uint8Array, iv: Uint8Array): Seal =>
  (sequence, type, plain) => {
    const explicit = Buffer.alloc(8);
    explicit.writeUInt32BE(sequence, 4);
    const cipher = createCipheriv("aes-128-gcm", key, Buffer.concat([iv, explicit]));
    cipher.setAAD(pseudoHeader(sequence, type, plain.length));
    return Buffer.concat([explicit, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };

/** RFC 5246, section 6.2.3.2, HMAC-SHA1; node:crypto pads as TLS does but for the value, so by hand. */
const cbc =
  (key: Uint8Array, mac: Uint8Array): Seal =>
  (sequence, type, plain) => {
    const tag = createHmac("sha1", mac)
      .update(pseudoHeader(sequence, type, plain.length))
      .update(plain)
      .digest();
    const left = 16 - ((plain.length + tag.length) % 16);
    const iv = Buffer.alloc(16, sequence + 1);
    const cipher = createCipheriv("aes-128-cbc", key, iv).setAutoPadding(false);
    return Buffer.concat([
      iv,
      cipher.update(Buffer.concat([plain, tag, Buffer.alloc(left, left - 1)])),
      cipher.final(),
    ]);
  };

function seals(mode: "gcm" | "cbc"): readonly [Seal, Seal] {
  const block = prf("sha256", MASTER, keyBlockSeed(Buffer.alloc(32, 9), Buffer.alloc(32, 7)), 128);
  const cut = (at: number, length: number): Uint8Array => block.subarray(at, at + length);
  return mode === "gcm"
    ? [gcm(cut(0, 16), cut(32, 4)), gcm(cut(16, 16), cut(36, 4))]
    : [cbc(cut(40, 16), cut(0, 20)), cbc(cut(56, 16), cut(20, 20))];
}

/** TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or _CBC_SHA, without the certificate nobody reads. */
export function tls12(content: readonly Turn[], mode: "gcm" | "cbc"): SealedTalk {
  const suite = mode === "gcm" ? 0xc02f : 0xc013;
  const [client, server] = seals(mode);
  const pair = [client, server] as const;
  const finished = message(20, new Uint8Array(12));
  const opening = [
    said(0, record(22, message(1, clientHello([suite], [sni("shop.test")])))),
    said(1, record(22, message(2, serverHello(suite, []))), record(22, message(14, new Uint8Array(0)))),
    said(0, CHANGE_CIPHER, record(22, client(0, 22, finished))),
    said(1, CHANGE_CIPHER, record(22, server(0, 22, finished))),
  ];
  const counts: [number, number] = [1, 1];
  const turns = content.map(({ side, bytes }) =>
    said(side, record(23, pair[side](counts[side]++, 23, bytes))),
  );
  return {
    turns: [...opening, ...turns],
    keylog: `CLIENT_RANDOM ${CLIENT_RANDOM} ${MASTER.toString("hex")}\n`,
  };
}
