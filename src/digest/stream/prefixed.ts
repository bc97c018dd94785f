// Cuts streams whose frames say how long they are (gRPC, AWS event streams) as their bytes arrive.

/** What stands before each frame. */
export interface Prefix {
  readonly bytes: number;
  /** Length of the whole frame, prefix included; null: this is no such frame. */
  lengthOf(prefix: DataView): number | null;
}

export interface PrefixedFrame {
  /** First byte of the prefix. */
  readonly first: number;
  /** Where its content stands in the stream, without the prefix. */
  readonly from: number;
  readonly to: number;
}

/*
  Length-Prefixed-Message (gRPC over HTTP2)
    compressed flag   8 bits, 0 or 1; gRPC-Web sets the highest bit for the frame that holds the trailers
    message length   32 bits, big endian
    message
*/
export const GRPC: Prefix = {
  bytes: 5,
  lengthOf: (prefix) => ((prefix.getUint8(0) & 0x7e) === 0 ? 5 + prefix.getUint32(1) : null),
};

/** Of the first byte. */
export const TRAILERS = 0x80;

/*
  AWS event stream message (application/vnd.amazon.eventstream), big endian
    total length    32 bits
    headers length  32
    CRC of both     32
    headers, payload
    CRC of all      32
*/
export const AMAZON: Prefix = {
  bytes: 12,
  lengthOf(prefix) {
    const total = prefix.getUint32(0);
    return total >= prefix.getUint32(4) + 16 ? total : null;
  },
};

/** One direction. Cutting its bytes anywhere gives the same frames; nothing but a prefix is ever held. */
export class PrefixSplitter {
  /** The frame being read, null between two; its `to` may lie beyond what came. */
  open: PrefixedFrame | null = null;
  /** Something came that is no frame: nothing behind it is read. */
  failed = false;
  #at = 0;
  #held = 0;
  readonly #kind: Prefix;
  readonly #prefix: DataView;

  constructor(kind: Prefix) {
    this.#kind = kind;
    this.#prefix = new DataView(new ArrayBuffer(kind.bytes));
  }

  /** Bytes of a prefix that is not whole yet. */
  get held(): number {
    return this.#held;
  }

  push(bytes: Uint8Array, frame: (frame: PrefixedFrame) => void): void {
    for (let at = 0; at < bytes.length && !this.failed;) {
      if (this.open === null) at = this.#readPrefix(bytes, at);
      const { open } = this;
      if (open === null) continue;
      const taken = Math.min(bytes.length - at, open.to - this.#at);
      at += taken;
      this.#at += taken;
      if (this.#at < open.to) return;
      this.open = null;
      frame(open);
    }
  }

  #readPrefix(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length && this.#held < this.#kind.bytes; at++) {
      this.#prefix.setUint8(this.#held++, bytes[at] ?? 0);
    }
    this.#at += at - from;
    if (this.#held < this.#kind.bytes) return at;
    this.#held = 0;
    const length = this.#kind.lengthOf(this.#prefix);
    if (length === null) this.failed = true;
    else
      this.open = {
        first: this.#prefix.getUint8(0),
        from: this.#at,
        to: this.#at - this.#kind.bytes + length,
      };
    return at;
  }
}
