// Opens the encrypted records of one direction in their order, following the changes of keys.
import { END_OF_EARLY_DATA, FINISHED, HandshakeAssembler, KEY_UPDATE } from "./handshake.ts";
import type { HandshakeMessage } from "./handshake.ts";
import type { ServerHello } from "./hello.ts";
import type { Secrets } from "./key-log.ts";
import { expandLabel, keyBlockSeed, prf } from "./key-schedule.ts";
import { cipher12, cipher13, EXPLICIT_NONCE } from "./record-cipher.ts";
import type { RecordCipher } from "./record-cipher.ts";
import { APPLICATION_DATA, HANDSHAKE } from "./records.ts";
import type { TlsRecord } from "./records.ts";
import type { Suite } from "./suites.ts";

export interface Opened {
  readonly type: number;
  readonly bytes: Uint8Array;
  /** 0-RTT data, which the server may have refused. */
  readonly early: boolean;
}

/** One direction. */
export interface Opener {
  /** null when the record does not authenticate. */
  open(record: TlsRecord): Opened | null;
  /** A record was missed. */
  skip(): void;
  /** The same behind a gap: tries later sequence numbers too, and tells how many records were missed. */
  seek(record: TlsRecord, tries: number): { readonly opened: Opened; readonly missed: number } | null;
  /** How many plain bytes a record of this length has; null when that cannot be told. */
  plainLength(length: number): number | null;
}

/** What both directions need to derive their keys. */
export interface Agreed {
  readonly clientRandom: Uint8Array;
  readonly server: ServerHello;
  readonly suite: Suite;
  readonly secrets: Secrets;
}

export type From = "client" | "server";

function secretOf(secrets: Secrets, label: string): Uint8Array | null {
  const hex = secrets.get(label);
  return hex === undefined ? null : Buffer.from(hex, "hex");
}

/** null while the master secret is not logged. */
export function opener12({ clientRandom, server, suite, secrets }: Agreed, from: From): Opener | null {
  const master = secretOf(secrets, "CLIENT_RANDOM");
  if (master === null) return null;
  const cipher = cipher12(
    suite,
    keys12(suite, keyBlock(suite, master, keyBlockSeed(server.random, clientRandom)), from),
    server.encryptThenMac,
  );
  let sequence = 0;
  return {
    open(record) {
      const bytes = cipher(sequence++, record);
      return bytes === null ? null : { type: record.type, bytes, early: false };
    },
    skip: () => void sequence++,
    seek(record, tries) {
      for (let missed = 0; missed < tries; missed++) {
        const bytes = cipher(sequence + missed, record);
        if (bytes === null) continue;
        sequence += missed + 1;
        return { opened: { type: record.type, bytes, early: false }, missed };
      }
      return null;
    },
    plainLength: (length) => plainLength12(suite, length),
  };
}

function plainLength12({ mode, tagBytes }: Suite, length: number): number | null {
  if (mode === "cbc") return null;
  return Math.max(0, length - tagBytes - (mode === "chacha" ? 0 : EXPLICIT_NONCE));
}

const MAC_BYTES = { sha1: 20, sha256: 32, sha384: 48 } as const;

function ivBytes({ mode }: Suite): number {
  // CBC sends its IV with each record.
  return mode === "chacha" ? 12 : mode === "cbc" ? 0 : 4;
}

function macBytes({ mac }: Suite): number {
  return mac === null ? 0 : MAC_BYTES[mac];
}

function keyBlock(suite: Suite, master: Uint8Array, seed: Uint8Array): Uint8Array {
  return prf(suite.hash, master, seed, 2 * (macBytes(suite) + suite.keyBytes + ivBytes(suite)));
}

/** RFC 5246, section 6.3: client MAC, server MAC, client key, server key, client IV, server IV. */
function keys12(suite: Suite, block: Uint8Array, from: From) {
  let at = 0;
  const next = (length: number) => {
    const start = at + (from === "client" ? 0 : length);
    at += 2 * length;
    return block.subarray(start, start + length);
  };
  return { mac: next(macBytes(suite)), key: next(suite.keyBytes), iv: next(ivBytes(suite)) };
}

const STAGES_13: Readonly<Record<From, readonly string[]>> = {
  client: ["CLIENT_EARLY_TRAFFIC_SECRET", "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0"],
  server: ["SERVER_HANDSHAKE_TRAFFIC_SECRET", "SERVER_TRAFFIC_SECRET_0"],
};

/** Whether the secrets that application data needs are there. */
export function isReady13(secrets: Secrets): boolean {
  return secrets.has("CLIENT_TRAFFIC_SECRET_0") && secrets.has("SERVER_TRAFFIC_SECRET_0");
}

/** `message` sees the handshake messages inside; EncryptedExtensions has a body. */
export function opener13(agreed: Agreed, from: From, message: (message: HandshakeMessage) => void): Opener {
  return new Opener13(agreed, from, message);
}

/**
 * A direction goes through stages, each with its own secret. Messages tell when one ends; where secrets are missing or
 * messages were lost, the stage whose keys open a record tells it.
 */
class Opener13 implements Opener {
  private readonly suite: Suite;
  private readonly ciphers: (RecordCipher | null)[];
  private readonly last: number;
  private readonly handshake: HandshakeAssembler;
  private secret: Uint8Array | null;
  private stage = 0;
  private sequence = 0;

  constructor({ suite, secrets }: Agreed, from: From, message: (message: HandshakeMessage) => void) {
    this.suite = suite;
    const stages = STAGES_13[from].map((label) => secretOf(secrets, label));
    this.last = stages.length - 1;
    this.secret = stages[this.last] ?? null;
    this.ciphers = stages.map((secret) => (secret === null ? null : this.cipherOf(secret)));
    this.handshake = new HandshakeAssembler(
      (seen) => {
        this.follow(seen.type);
        message(seen);
      },
      () => {},
    );
  }

  open(record: TlsRecord): Opened | null {
    for (let stage = this.stage; stage <= this.last; stage++) {
      const sequence = stage === this.stage ? this.sequence : 0;
      const inner = this.ciphers[stage]?.(sequence, record);
      if (inner === null || inner === undefined) continue;
      if (stage !== this.stage) this.handshake.reset();
      this.stage = stage;
      this.sequence = sequence + 1;
      return this.unwrap(inner);
    }
    // In the last stage each record counts, readable or not; before it nobody knows which stage this one was of.
    if (this.stage === this.last) this.sequence++;
    return null;
  }

  skip(): void {
    this.sequence++;
    this.handshake.reset();
  }

  /** Behind a gap there is application data, whatever stage was left. */
  seek(record: TlsRecord, tries: number): { readonly opened: Opened; readonly missed: number } | null {
    const from = this.stage === this.last ? this.sequence : 0;
    for (let missed = 0; missed < tries; missed++) {
      const inner = this.ciphers[this.last]?.(from + missed, record);
      if (inner === null || inner === undefined) continue;
      this.handshake.reset();
      this.stage = this.last;
      this.sequence = from + missed + 1;
      return { opened: this.unwrap(inner), missed };
    }
    return null;
  }

  /** Senders hardly ever pad. */
  plainLength(length: number): number {
    return Math.max(0, length - this.suite.tagBytes - 1);
  }

  /** TLSInnerPlaintext (RFC 8446, section 5.2): content, its type, zeros. */
  private unwrap(inner: Uint8Array): Opened {
    let end = inner.length - 1;
    while (end >= 0 && inner[end] === 0) end--;
    const type = inner[end] ?? APPLICATION_DATA;
    const bytes = inner.subarray(0, Math.max(0, end));
    // Stages of a client are early, handshake, application; a server has no early one.
    const early = this.stage < this.last - 1;
    if (type === HANDSHAKE) this.handshake.push(bytes);
    return { type, bytes, early };
  }

  private follow(type: number): void {
    if (type === END_OF_EARLY_DATA) this.enter(this.last - 1);
    else if (type === FINISHED) this.enter(this.last);
    else if (type === KEY_UPDATE && this.stage === this.last && this.secret !== null)
      this.update(this.secret);
  }

  private enter(stage: number): void {
    if (stage <= this.stage) return;
    this.stage = stage;
    this.sequence = 0;
  }

  /** RFC 8446, section 7.2. */
  private update(secret: Uint8Array): void {
    const next = expandLabel(this.suite.hash, secret, "traffic upd", secret.length);
    this.secret = next;
    this.ciphers[this.last] = this.cipherOf(next);
    this.sequence = 0;
  }

  private cipherOf(secret: Uint8Array): RecordCipher {
    const { hash, keyBytes } = this.suite;
    const key = expandLabel(hash, secret, "key", keyBytes);
    const iv = expandLabel(hash, secret, "iv", 12);
    return cipher13(this.suite, { key, iv, mac: new Uint8Array(0) });
  }
}
