// Cuts one direction of HTTP/2 into frames, across segments, over gaps, and from the middle of a connection.
import { ByteBuffer } from "./byte-buffer.ts";
import * as frames from "./frames.ts";
import type { FrameHeader } from "./frames.ts";
import { FrameSearch } from "./frame-search.ts";
import type { Found } from "./frame-search.ts";

// A header block's 64 KiB, its padding and its priority; other frames that must be read whole are smaller.
const MAX_WHOLE_FRAME = 65_536 + 256 + 6;

const NOTHING = new Uint8Array(0);

/** A frame header with the time of its first byte. */
export interface TimedHeader extends FrameHeader {
  readonly startedAt: number;
}

/** What a reader tells. DATA comes in pieces and is never gathered; all other frames come whole. */
export interface FrameEvents {
  frame(header: TimedHeader, payload: Uint8Array, at: number): void;
  data(header: TimedHeader, bytes: Uint8Array, at: number): void;
  /** Bytes of this frame's body are missing. */
  dataGap(header: TimedHeader, length: number): void;
  dataEnd(header: TimedHeader, at: number): void;
  /** The frame was there, its payload was not, or it was too long to gather. */
  lostFrame(header: TimedHeader, at: number): void;
  /** An unknown number of frames was missed. */
  lost(): void;
  weird(name: "h2.preface" | "h2.frame" | "h2.frame-limit" | "h2.opaque"): void;
  skipped(bytes: number): void;
}

export type Start = "preface" | "preface-or-middle" | "frames" | "middle";

type State = "preface" | "header" | "whole" | "data" | "skip" | "search" | "opaque";

// Nonsense between frames never comes from a working sender; after this often, the rest is only counted.
const MAX_STRAYS = 3;

export class FrameReader {
  /** True once the connection preface went by: nothing of this direction came before. */
  prefaced = false;
  private state: State;
  private readonly orMiddle: boolean;
  private readonly events: FrameEvents;
  private readonly held = new ByteBuffer();
  private readonly search = new FrameSearch();
  private header: TimedHeader = { length: 0, type: 0, flags: 0, stream: 0, startedAt: 0 };
  private headerAt = 0;
  private remaining = 0;
  /** Of a padded DATA frame: -1 until its length byte was read. */
  private padding = 0;
  private damaged = false;
  private strays = 0;
  private queue: { readonly bytes: Uint8Array; readonly at: number }[] = [];

  constructor(start: Start, events: FrameEvents) {
    this.events = events;
    this.orMiddle = start === "preface-or-middle";
    this.state = start === "middle" ? "search" : start === "frames" ? "header" : "preface";
  }

  /** Memory that begun frames take. */
  get size(): number {
    return this.held.size + this.search.size;
  }

  push(bytes: Uint8Array, at: number): void {
    this.queue.push({ bytes, at });
    this.drain();
  }

  gap(length: number, at: number): void {
    this.judge();
    const inFrame = this.state === "whole" || this.state === "data" || this.state === "skip";
    const within = inFrame ? Math.min(length, this.remaining) : 0;
    if (within > 0) this.skipDamaged(within, at);
    if (within < length) this.lose();
  }

  end(): void {
    this.judge();
  }

  /** Nothing follows what was held in doubt, so it is judged by what there is. */
  private judge(): void {
    if (this.state === "preface" && this.orMiddle) this.toSearch();
    while (this.state === "search" && this.search.length > 0) {
      this.resume(this.search.finish());
      this.drain();
    }
  }

  /** A queue and no recursion: a search gives back what it held, and that may end in the next search. */
  private drain(): void {
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      for (let rest = next.bytes; rest.length > 0;) rest = this.step(rest, next.at);
    }
  }

  private step(bytes: Uint8Array, at: number): Uint8Array {
    switch (this.state) {
      case "preface":
        return this.readPreface(bytes, at);
      case "header":
        return this.readHeader(bytes, at);
      case "search":
        this.search.push(bytes, at);
        this.resume(this.search.find());
        return bytes.subarray(bytes.length);
      case "opaque":
        this.events.skipped(bytes.length);
        return bytes.subarray(bytes.length);
      case "whole":
      case "data":
      case "skip":
        return this.readPayload(bytes, at);
      default:
        return this.state satisfies never;
    }
  }

  private readPreface(bytes: Uint8Array, at: number): Uint8Array {
    const wanted = frames.PREFACE.length - this.held.length;
    const taken = bytes.subarray(0, wanted);
    const expected = frames.PREFACE.subarray(this.held.length, this.held.length + taken.length);
    if (this.held.length === 0) this.headerAt = at;
    this.held.append(taken);
    if (!taken.every((byte, offset) => byte === expected[offset])) {
      if (!this.orMiddle) this.events.weird("h2.preface");
      this.toSearch();
    } else if (taken.length === wanted) {
      this.prefaced = true;
      this.held.clear();
      this.state = "header";
    }
    return bytes.subarray(taken.length);
  }

  private readHeader(bytes: Uint8Array, at: number): Uint8Array {
    if (this.held.length === 0) this.headerAt = at;
    // Nearly always the whole header is in one segment and needs no copy.
    const direct = this.held.length === 0 && bytes.length >= frames.FRAME_HEADER_BYTES;
    const taken = frames.FRAME_HEADER_BYTES - this.held.length;
    if (!direct) this.held.append(bytes.subarray(0, taken));
    if (!direct && this.held.length < frames.FRAME_HEADER_BYTES) return bytes.subarray(bytes.length);
    const header = frames.frameHeaderAt(direct ? bytes : this.held.view(), 0);
    if (frames.isLawful(header)) {
      this.held.clear();
      const { length, type, flags, stream } = header;
      this.enter({ length, type, flags, stream, startedAt: this.headerAt }, at);
    } else {
      if (direct) this.held.append(bytes.subarray(0, taken));
      this.stray();
    }
    return bytes.subarray(taken);
  }

  private enter(header: TimedHeader, at: number): void {
    this.header = header;
    this.remaining = header.length;
    this.damaged = false;
    this.padding = (header.flags & frames.PADDED) === 0 ? 0 : -1;
    if (header.type === frames.DATA) this.state = "data";
    else if (header.type > frames.CONTINUATION) this.state = "skip";
    else if (header.length <= MAX_WHOLE_FRAME) this.state = "whole";
    else {
      this.events.weird("h2.frame-limit");
      this.state = "skip";
    }
    if (this.remaining === 0) this.finish(NOTHING, at);
  }

  private readPayload(bytes: Uint8Array, at: number): Uint8Array {
    const taken = bytes.subarray(0, this.remaining);
    const direct = this.held.length === 0 && taken.length === this.remaining;
    if (this.state === "data") this.readData(taken, at);
    else if (this.state === "whole" && !this.damaged && !direct) this.held.append(taken);
    this.remaining -= taken.length;
    if (this.remaining === 0) this.finish(direct ? taken : this.held.view(), at);
    return bytes.subarray(taken.length);
  }

  /** DATA (RFC 9113, section 6.1): [pad length 8 bits] body [padding]. */
  private readData(taken: Uint8Array, at: number): void {
    let body = taken;
    let remaining = this.remaining;
    if (this.padding < 0) {
      this.padding = body[0] ?? 0;
      body = body.subarray(1);
      remaining--;
    }
    const wanted = Math.max(0, remaining - this.padding);
    if (wanted > 0 && body.length > 0) this.events.data(this.header, body.subarray(0, wanted), at);
  }

  private finish(payload: Uint8Array, at: number): void {
    const { header, damaged } = this;
    const unread = damaged || this.state === "skip";
    this.state = "header";
    if (header.type === frames.DATA) this.events.dataEnd(header, at);
    else if (!unread) this.events.frame(header, payload, at);
    else if (header.type <= frames.CONTINUATION) this.events.lostFrame(header, at);
    this.held.clear();
  }

  private skipDamaged(length: number, at: number): void {
    this.damaged = true;
    if (this.state === "data") this.events.dataGap(this.header, length);
    this.remaining -= length;
    if (this.remaining === 0) this.finish(NOTHING, at);
  }

  private lose(): void {
    if (this.state === "opaque") return;
    this.held.clear();
    this.search.begin();
    this.events.lost();
    this.state = "search";
  }

  private stray(): void {
    this.events.weird("h2.frame");
    this.events.lost();
    if (++this.strays < MAX_STRAYS) return this.toSearch();
    this.events.weird("h2.opaque");
    this.state = "opaque";
    this.held.clear();
  }

  /** What is held (less than three frame headers) goes to the search. */
  private toSearch(): void {
    this.state = "search";
    this.search.push(this.held.view(), this.headerAt);
    this.held.clear();
  }

  private resume(found: Found): void {
    if (found.skipped > 0) this.events.skipped(found.skipped);
    if (found.chunks.length === 0) return;
    this.state = "header";
    this.queue.unshift(...found.chunks);
  }
}
