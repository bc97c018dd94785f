// Cuts one direction of a WebSocket connection into frames and hands their payloads on, unmasked, in pieces.

/*
  Frame (RFC 6455, section 5.2)
    FIN 1, RSV1..3 3, opcode 4
    MASK 1, length 7; 126: 16 bits follow, 127: 64 bits follow
    masking key 32 bits, when MASK
    payload, each byte XORed with the key's byte at its offset modulo 4
*/
export interface WebSocketFrame {
  readonly fin: boolean;
  /** RSV1..3 as the low three bits, RSV1 highest. */
  readonly reserved: number;
  readonly opcode: number;
  readonly masked: boolean;
  readonly length: number;
}

export interface WebSocketFrameEvents {
  /** Says whether the payload is wanted; what is not wanted is not unmasked. */
  frame(frame: WebSocketFrame, at: number): boolean;
  payload(bytes: Uint8Array): void;
  /** Payload bytes are missing. */
  missing(length: number): void;
  frameEnd(frame: WebSocketFrame, at: number): void;
  /** No frame can be found in this direction any more. */
  lost(weird: "websocket.length" | "websocket.lost-sync"): void;
}

const MAX_HEADER_BYTES = 14;

export class WebSocketFrameReader {
  private readonly events: WebSocketFrameEvents;
  private readonly header = new Uint8Array(MAX_HEADER_BYTES);
  private held = 0;
  private frame: WebSocketFrame | null = null;
  private key: Uint8Array | null = null;
  private done = 0;
  private wanted = false;
  private opaque = false;

  constructor(events: WebSocketFrameEvents) {
    this.events = events;
  }

  push(bytes: Uint8Array, at: number): void {
    let rest = bytes;
    while (rest.length > 0 && !this.opaque) {
      rest = this.frame === null ? this.readHeader(rest, at) : this.readPayload(this.frame, rest, at);
    }
  }

  gap(length: number, at: number): void {
    if (this.opaque) return;
    const { frame } = this;
    const within = frame === null ? 0 : Math.min(length, frame.length - this.done);
    if (frame !== null && within > 0) {
      this.events.missing(within);
      this.advance(frame, within, at);
    }
    if (within < length) this.lose("websocket.lost-sync");
  }

  /** What follows makes no sense any more; it is not read. */
  stop(): void {
    this.opaque = true;
  }

  private readHeader(bytes: Uint8Array, at: number): Uint8Array {
    let taken = 0;
    while (taken < bytes.length && this.held < this.headerLength()) {
      this.header[this.held++] = bytes[taken++] ?? 0;
    }
    if (this.held >= this.headerLength()) this.begin(at);
    return bytes.subarray(taken);
  }

  private headerLength(): number {
    if (this.held < 2) return 2;
    const second = this.header[1] ?? 0;
    const length = second & 127;
    return 2 + (length === 127 ? 8 : length === 126 ? 2 : 0) + (second > 127 ? 4 : 0);
  }

  private begin(at: number): void {
    const [first = 0, second = 0] = this.header;
    const masked = second > 127;
    const length = this.payloadLength();
    if (!Number.isSafeInteger(length)) return this.lose("websocket.length");
    const frame = { fin: first > 127, reserved: (first >> 4) & 7, opcode: first & 15, masked, length };
    this.key = masked ? this.header.slice(this.held - 4, this.held) : null;
    this.held = 0;
    this.frame = frame;
    this.done = 0;
    this.wanted = this.events.frame(frame, at);
    this.advance(frame, 0, at);
  }

  private payloadLength(): number {
    const view = new DataView(this.header.buffer);
    const short = (this.header[1] ?? 0) & 127;
    if (short < 126) return short;
    return short === 126 ? view.getUint16(2) : view.getUint32(2) * 2 ** 32 + view.getUint32(6);
  }

  private readPayload(frame: WebSocketFrame, bytes: Uint8Array, at: number): Uint8Array {
    const taken = bytes.subarray(0, frame.length - this.done);
    if (this.wanted) this.events.payload(this.key === null ? taken : unmask(taken, this.key, this.done));
    this.advance(frame, taken.length, at);
    return bytes.subarray(taken.length);
  }

  private advance(frame: WebSocketFrame, count: number, at: number): void {
    this.done += count;
    if (this.done < frame.length) return;
    this.frame = null;
    this.events.frameEnd(frame, at);
  }

  private lose(name: "websocket.length" | "websocket.lost-sync"): void {
    this.opaque = true;
    this.events.lost(name);
  }
}

function unmask(bytes: Uint8Array, key: Uint8Array, from: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) out[at] = (bytes[at] ?? 0) ^ (key[(from + at) & 3] ?? 0);
  return out;
}
