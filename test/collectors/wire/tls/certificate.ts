// Makes a self-signed certificate in memory, so that no key lies in the repository.
import { generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** DER (X.690): tag, length, content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Uint8Array.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Uint8Array[]) => der(0x30, ...content);
const oid = (hex: string) => der(6, Buffer.from(hex, "hex"));
const text = (value: string) => Buffer.from(value, "latin1");

const ECDSA_SHA256 = sequence(oid("2a8648ce3d040302"));
const RSA_SHA256 = sequence(oid("2a864886f70d01010b"), der(5));

/** X.509 v3 (RFC 5280, section 4.1) without extensions. */
function certificate(publicKey: KeyObject, privateKey: KeyObject, algorithm: Uint8Array): string {
  const name = sequence(der(0x31, sequence(oid("550403"), der(0x0c, text("shop.test")))));
  const validity = sequence(der(0x17, text("200101000000Z")), der(0x18, text("21200101000000Z")));
  const tbs = sequence(
    der(0xa0, der(2, Uint8Array.from([2]))),
    der(2, Uint8Array.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signed = sequence(tbs, algorithm, der(3, Uint8Array.from([0]), sign("sha256", tbs, privateKey)));
  return `-----BEGIN CERTIFICATE-----\n${signed.toString("base64").replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

export interface Identity {
  readonly key: string;
  readonly cert: string;
}

export function identity(kind: "ec" | "rsa"): Identity {
  const { publicKey, privateKey } =
    kind === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const cert = certificate(publicKey, privateKey, kind === "ec" ? ECDSA_SHA256 : RSA_SHA256);
  return { key: String(privateKey.export({ type: "pkcs8", format: "pem" })), cert };
}
