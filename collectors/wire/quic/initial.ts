// Opens the first packets of QUIC clients: their keys are public, so anybody on the path may read the hello inside.
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { expandLabel } from "../tls/key-schedule.ts";

/*
  Long header (RFC 9000, section 17.2; version 2: RFC 9369)
    form 1 = 1, fixed 1 = 1, type 2, protected 4 (reserved 2, packet number length less one 2)
    version 32, destination id <8>, source id <8>
  and of an Initial packet (section 17.2.2)
    token <varint>, length varint (of what follows), packet number 8 to 32 bits, sealed payload
*/
interface Version {
  readonly salt: Buffer;
  readonly initial: number;
  readonly label: string;
}

const VERSIONS: ReadonlyMap<number, Version> = new Map([
  [1, { salt: Buffer.from("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "hex"), initial: 0, label: "quic" }],
  [
    0x6b3343cf,
    { salt: Buffer.from("0dede3def700a6db819381be6e269dcbf9bd2ed9", "hex"), initial: 1, label: "quicv2" },
  ],
]);

const TAG = 16;
const SAMPLE = 16;
/** RFC 9000, section 17.2. */
const MAX_ID = 20;

export interface InitialKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly hp: Uint8Array;
}

/** Keys of what the client seals (RFC 9001, section 5.2); null for versions that are not known. */
export function clientKeys(version: number, destination: Uint8Array): InitialKeys | null {
  const known = VERSIONS.get(version);
  if (known === undefined) return null;
  const initial = createHmac("sha256", known.salt).update(destination).digest();
  const secret = expandLabel("sha256", initial, "client in", 32);
  const derived = (what: string, length: number): Uint8Array =>
    expandLabel("sha256", secret, `${known.label} ${what}`, length);
  return { key: derived("key", 16), iv: derived("iv", 12), hp: derived("hp", 16) };
}

/** A piece of the client's handshake. */
export interface CryptoPiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The pieces in one datagram; empty when it holds no Initial packet of a client. Never throws. */
export function openInitials(datagram: Buffer): readonly CryptoPiece[] {
  const pieces: CryptoPiece[] = [];
  // Several packets may share a datagram; each is at least as long as its sample.
  for (let at = 0; at < datagram.length;) {
    const packet = readHeader(datagram, at);
    if (packet === null) break;
    const payload = packet.isInitial ? open(datagram, packet) : null;
    if (payload === null) break;
    pieces.push(...cryptoOf(payload));
    at = packet.end;
  }
  return pieces;
}

interface Header {
  readonly start: number;
  readonly version: number;
  readonly isInitial: boolean;
  readonly destination: Uint8Array;
  /** Where the packet number begins. */
  readonly number: number;
  readonly end: number;
}

function readHeader(bytes: Buffer, start: number): Header | null {
  if (start + 7 > bytes.length || bytes[start]! < 0xc0) return null;
  const version = bytes.readUInt32BE(start + 1);
  const known = VERSIONS.get(version);
  const length = bytes[start + 5]!;
  let at = start + 6 + length;
  if (known === undefined || length > MAX_ID || at >= bytes.length) return null;
  const destination = bytes.subarray(start + 6, at);
  at += 1 + bytes[at]!;
  const isInitial = ((bytes[start]! >> 4) & 3) === known.initial;
  const token = isInitial ? varint(bytes, at) : null;
  if (token !== null) at = token.end + token.value;
  const rest = varint(bytes, at);
  if (rest === null || rest.end + rest.value > bytes.length) return null;
  const { end: number, value } = rest;
  return { start, version, isInitial, destination, number, end: number + value };
}

/** Variable-length integer (RFC 9000, section 16): its first two bits say how long it is. */
function varint(bytes: Buffer, at: number): { readonly value: number; readonly end: number } | null {
  const size = at < bytes.length ? 1 << (bytes[at]! >> 6) : Number.POSITIVE_INFINITY;
  if (at + size > bytes.length) return null;
  let value = bytes[at]! & 0x3f;
  for (let next = 1; next < size; next++) value = value * 256 + bytes[at + next]!;
  return { value, end: at + size };
}

/** Takes off both protections (RFC 9001, sections 5.3 and 5.4); null when the seal is not the client's. */
function open(bytes: Buffer, { start, version, destination, number, end }: Header): Buffer | null {
  const keys = clientKeys(version, destination);
  if (keys === null || number + 4 + SAMPLE > end) return null;
  const mask = createCipheriv("aes-128-ecb", keys.hp, null).update(
    bytes.subarray(number + 4, number + 4 + SAMPLE),
  );
  const first = bytes[start]! ^ (mask[0]! & 0x0f);
  const body = number + (first & 3) + 1;
  const header = Buffer.from(bytes.subarray(start, body));
  header[0] = first;
  const nonce = Buffer.from(keys.iv);
  for (let at = number; at < body; at++) {
    const digit = bytes[at]! ^ mask[1 + at - number]!;
    header[at - start] = digit;
    nonce[nonce.length - (body - at)]! ^= digit;
  }
  try {
    const cipher = createDecipheriv("aes-128-gcm", keys.key, nonce, { authTagLength: TAG });
    cipher.setAAD(header).setAuthTag(bytes.subarray(end - TAG, end));
    return Buffer.concat([cipher.update(bytes.subarray(body, end - TAG)), cipher.final()]);
  } catch {
    return null;
  }
}

const PADDING = 0;
const PING = 1;
const ACK = 2;
const ACK_ECN = 3;
const CRYPTO = 6;

/*
  Frames that Initial packets may carry (RFC 9000, section 12.4): PADDING, PING, ACK, CRYPTO, CONNECTION_CLOSE.
    CRYPTO (section 19.6): type 6, offset varint, length varint, data
*/
function cryptoOf(payload: Buffer): CryptoPiece[] {
  const pieces: CryptoPiece[] = [];
  for (let at = 0; at < payload.length;) {
    const type = payload[at]!;
    at++;
    if (type === PADDING || type === PING) continue;
    const next =
      type === CRYPTO ? crypto(payload, at, pieces) : isAck(type) ? acknowledged(payload, at, type) : -1;
    if (next < 0) break;
    at = next;
  }
  return pieces;
}

const isAck = (type: number): boolean => type === ACK || type === ACK_ECN;

/** Each gives where the next frame begins, -1 when this one is not all there. */
function crypto(payload: Buffer, at: number, pieces: CryptoPiece[]): number {
  const offset = varint(payload, at);
  const length = offset === null ? null : varint(payload, offset.end);
  if (offset === null || length === null || length.end + length.value > payload.length) return -1;
  const end = length.end + length.value;
  pieces.push({ offset: offset.value, bytes: payload.subarray(length.end, end) });
  return end;
}

/** ACK (section 19.3): largest, delay, range count, first range, then gap and range each; ECN has three counts more. */
function acknowledged(payload: Buffer, start: number, type: number): number {
  let at = start;
  let left = 4;
  for (let field = 0; field < left; field++) {
    const number = varint(payload, at);
    if (number === null) return -1;
    if (field === 2) left += number.value * 2 + (type === ACK_ECN ? 3 : 0);
    at = number.end;
  }
  return at;
}
