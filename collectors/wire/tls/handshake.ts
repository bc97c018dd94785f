// Joins handshake messages across records; keeps the few that are read and steps over the rest.
import { ByteBuffer } from "../http2/byte-buffer.ts";

export const CLIENT_HELLO = 1;
export const SERVER_HELLO = 2;
export const END_OF_EARLY_DATA = 5;
export const ENCRYPTED_EXTENSIONS = 8;
export const CERTIFICATE = 11;
export const FINISHED = 20;
export const KEY_UPDATE = 24;

/** Read whole. Of the others only type and length are told. */
const READ: ReadonlySet<number> = new Set([CLIENT_HELLO, SERVER_HELLO, ENCRYPTED_EXTENSIONS]);

// Hellos with post-quantum key shares have a few KiB; the length field would allow 16 MiB.
const MAX_MESSAGE = 65_536;

/*
  Handshake (RFC 8446, section 4): type 8, length 24, body
*/
const HEADER_BYTES = 4;

export interface HandshakeMessage {
  readonly type: number;
  readonly length: number;
  /** Empty for types that are not read. */
  readonly body: Uint8Array;
}

export class HandshakeAssembler {
  private readonly held = new ByteBuffer();
  private skipping = 0;
  private readonly message: (message: HandshakeMessage) => void;
  private readonly tooLong: () => void;

  constructor(message: (message: HandshakeMessage) => void, tooLong: () => void) {
    this.message = message;
    this.tooLong = tooLong;
  }

  /** Memory that a begun message takes. */
  get size(): number {
    return this.held.size;
  }

  push(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0;) {
      const taken = this.skipping > 0 ? Math.min(this.skipping, rest.length) : this.take(rest);
      if (this.skipping > 0) this.skipping -= taken;
      rest = rest.subarray(taken);
      this.begin();
    }
  }

  /** What was begun is lost. */
  reset(): void {
    this.held.clear();
    this.skipping = 0;
  }

  private take(bytes: Uint8Array): number {
    const wanted = this.held.length < HEADER_BYTES ? HEADER_BYTES : HEADER_BYTES + this.length();
    const taken = bytes.subarray(0, wanted - this.held.length);
    this.held.append(taken);
    return taken.length;
  }

  private begin(): void {
    if (this.held.length < HEADER_BYTES) return;
    const [type = 0] = this.held.view();
    const length = this.length();
    const read = READ.has(type);
    if (read && length <= MAX_MESSAGE) {
      if (this.held.length < HEADER_BYTES + length) return;
      const body = this.held.view().slice(HEADER_BYTES);
      this.held.clear();
      this.message({ type, length, body });
      return;
    }
    if (read) this.tooLong();
    this.held.clear();
    this.skipping = length;
    this.message({ type, length, body: new Uint8Array(0) });
  }

  private length(): number {
    const [, high = 0, middle = 0, low = 0] = this.held.view();
    return high * 65_536 + middle * 256 + low;
  }
}
