// Joins the frames of one WebSocket direction into messages: counts them all, keeps the beginning of the text.
import { countersOf } from "../counters.ts";
import type { Counter } from "../counters.ts";
import type { WireSink } from "../flow.ts";
import { ByteBuffer } from "../http2/byte-buffer.ts";
import { WebSocketFrameReader } from "./frames.ts";
import type { WebSocketFrame } from "./frames.ts";
import { MessageInflater } from "./inflate.ts";
import type { DeflateAgreement } from "./inflate.ts";
import { StreamTap } from "../stream/tap.ts";

// As for any message body: enough for its shape, the rest is counted.
const MAX_TEXT = 65_536;

// Compressed bytes of one message; text that does not fit 1 MiB inflated is rarely smaller than this.
const MAX_COMPRESSED = 262_144;

const LINE_FEED = Uint8Array.from([10]);

/** What one direction said, in numbers. */
export interface MessageCounts {
  messages: number;
  /** Of payload, on the wire. */
  bytes: number;
}

interface Open {
  readonly text: boolean;
  readonly compressed: boolean;
  size: number;
  /** Bytes are missing or were not kept. */
  damaged: boolean;
}

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PONG = 10;

type Weird = `websocket.${string}`;

export class MessageDirection {
  readonly counts: MessageCounts = { messages: 0, bytes: 0 };
  readonly tap: StreamTap;
  /** False once some text was not kept. */
  whole = true;
  readonly reader: WebSocketFrameReader;
  private readonly sink: WireSink;
  private readonly count: Counter;
  private readonly mustMask: boolean;
  private readonly inflater: MessageInflater | null;
  private readonly kept = new ByteBuffer();
  private readonly packed = new ByteBuffer();
  private open: Open | null = null;
  private maskToldOf = false;
  private taken = false;

  constructor(sink: WireSink, mustMask: boolean, agreement: DeflateAgreement | null) {
    this.sink = sink;
    this.count = countersOf(sink);
    this.mustMask = mustMask;
    this.tap = new StreamTap("websocket", mustMask ? 0 : 1);
    this.inflater = agreement === null ? null : new MessageInflater(agreement);
    this.reader = new WebSocketFrameReader({
      frame: (frame) => this.frame(frame),
      payload: (bytes) => this.payload(bytes),
      missing: (length) => this.missing(length),
      frameEnd: (frame, at) => this.frameEnd(frame, at),
      lost: (name) => this.lost(name),
    });
  }

  /** Memory of what is kept. */
  get size(): number {
    return this.kept.size + this.packed.size + (this.inflater?.size ?? 0);
  }

  /** Text messages as far as kept, joined by line feeds; the rest of the direction is not kept any more. */
  takeText(): Uint8Array {
    const text = this.kept.view();
    this.whole = this.whole && this.open === null;
    this.taken = true;
    this.kept.clear();
    this.packed.clear();
    return text;
  }

  private get full(): boolean {
    return this.taken || this.kept.length >= MAX_TEXT;
  }

  private frame(frame: WebSocketFrame): boolean {
    if (frame.masked !== this.mustMask && !this.maskToldOf) {
      this.maskToldOf = true;
      this.sink.weird({ name: "websocket.mask" });
    }
    if (frame.opcode >= CLOSE) return this.control(frame);
    if (frame.opcode > BINARY) return this.lost("websocket.opcode");
    const message = this.join(frame);
    this.counts.bytes += frame.length;
    message.size += frame.length;
    return this.wants(message);
  }

  private control({ opcode, fin, length }: WebSocketFrame): boolean {
    if (opcode > PONG) return this.lost("websocket.opcode");
    // RFC 6455, section 5.5.
    if (!fin || length > 125) return this.lost("websocket.control");
    return false;
  }

  /** The message this frame starts or continues. */
  private join(frame: WebSocketFrame): Open {
    const { open } = this;
    const continues = frame.opcode === CONTINUATION;
    if (continues !== (open !== null)) this.sink.weird({ name: "websocket.fragment" });
    if (continues && open !== null) return open;
    if (open !== null) this.abandon();
    return this.start(frame);
  }

  private start({ opcode, reserved }: WebSocketFrame): Open {
    const compressed = reserved === 4 && this.inflater !== null;
    const foreign = reserved !== 0 && !compressed;
    if (foreign) this.sink.weird({ name: "websocket.reserved" });
    const damaged = foreign || opcode === CONTINUATION;
    if (damaged) this.whole = false;
    const message = { text: opcode === TEXT, compressed, size: 0, damaged };
    this.open = message;
    if (message.text && !compressed) this.separate();
    return message;
  }

  private wants({ text, compressed, damaged }: Open): boolean {
    if (damaged) return false;
    if (this.full) {
      if (text) this.whole = false;
      return false;
    }
    // Compressed binary messages move the window that the next text is read with.
    return text || compressed;
  }

  private payload(bytes: Uint8Array): void {
    const { open } = this;
    if (open === null || open.damaged) return;
    if (!open.compressed) this.keep(bytes);
    else if (this.packed.length + bytes.length <= MAX_COMPRESSED) this.packed.append(bytes);
    else {
      this.count("websocket.inflate-limit");
      this.damage(open);
    }
  }

  private missing(length: number): void {
    this.tap.gap();
    this.count("websocket.gap-bytes", length);
    if (this.open !== null) this.damage(this.open);
  }

  private damage(open: Open): void {
    open.damaged = true;
    this.whole = false;
    this.packed.clear();
  }

  private frameEnd({ fin, opcode }: WebSocketFrame, at: number): void {
    const { open, counts } = this;
    if (opcode >= CLOSE || open === null || !fin) return;
    this.open = null;
    counts.messages++;
    this.tap.message(open.size, at);
    if (open.compressed) this.unpack(open);
  }

  private unpack({ text, damaged }: Open): void {
    const packed = this.packed.view();
    this.packed.clear();
    if (damaged || this.full) this.inflater?.lose();
    else {
      const inflated = this.inflater?.inflate(packed) ?? { failed: "websocket.inflate-skipped" as const };
      if ("bytes" in inflated) {
        if (text) {
          this.separate();
          this.keep(inflated.bytes);
        }
        return;
      }
      if (inflated.failed === "websocket.deflate") this.sink.weird({ name: inflated.failed });
      else this.count(inflated.failed);
    }
    if (text) this.whole = false;
  }

  private separate(): void {
    if (this.kept.length > 0) this.keep(LINE_FEED);
  }

  private keep(bytes: Uint8Array): void {
    const room = MAX_TEXT - this.kept.length;
    if (bytes.length > room) this.whole = false;
    this.kept.append(bytes.subarray(0, room));
  }

  /** The message that was open never ends. */
  private abandon(): void {
    this.open = null;
    this.whole = false;
    this.packed.clear();
    this.inflater?.lose();
  }

  private lost(name: Weird): false {
    this.tap.gap();
    this.sink.weird({ name });
    this.reader.stop();
    this.abandon();
    return false;
  }
}
