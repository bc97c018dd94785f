// A message while it is read, and what its reader asks of whoever owns it.
import type { WeirdName } from "../../../src/model/parsed.ts";
import type { Counter } from "../counters.ts";
import type { Allowance } from "../allowance.ts";
import { PAUSE_MS } from "../stream/kinds.ts";
import type { StreamTap } from "../stream/tap.ts";
import { lateTapOf } from "../stream/tap.ts";
import { Fields } from "./fields.ts";
import type { Framing } from "./framing.ts";
import { KeptBody } from "./kept-body.ts";
import type { Window } from "./lines.ts";

/** Where a message was in its stream, for pairing by evidence. */
export interface Place {
  /** Stream offset of its first byte. */
  readonly offset: number;
  readonly at: number;
  /** Offset in the other direction acknowledged by the packet that began it; -1 = unknown. */
  readonly acked: number;
  /** Found by search: what came before it is not known. */
  readonly isFound: boolean;
}

/** Where limits that were met are named. */
interface Limits {
  readonly count: Counter;
  readonly weird: (name: WeirdName) => void;
}

/** What a message costs beyond what it keeps: itself and what waits for its other half. */
const MESSAGE_BYTES = 900;

/** Class because of the hot path. One message while it is read. The owner keeps what it needs; the reader fills body and fields. */
export class Message {
  readonly fields: Fields;
  /** null while there are none: nearly always. */
  trailers: Fields | null = null;
  readonly body: KeptBody;
  /** The head was read to its end. */
  hasHead = false;
  /** Something of the head or body is missing. */
  isPartial = false;
  /** Stream offset behind its last byte, -1 while unknown. */
  end = -1;
  endAt = 0;
  /** Set while it may turn out to be a stream. */
  mayStream = false;
  #tap: StreamTap | null = null;
  readonly #allowance: Allowance;
  #charged: number;

  /** `line`: length of its first line. */
  constructor(allowance: Allowance, line = 0) {
    this.fields = new Fields(allowance);
    this.body = new KeptBody(allowance);
    this.#allowance = allowance;
    this.#charged = MESSAGE_BYTES + line;
    allowance.charge(this.#charged);
  }

  addTrailer(line: string): void {
    this.trailers ??= new Fields(this.#allowance);
    this.trailers.add(line);
  }

  get tap(): StreamTap | null {
    return this.#tap;
  }

  set tap(tap: StreamTap | null) {
    this.#tap = tap;
    this.#allowance.charge(tap?.weight ?? 0);
  }

  /** Bytes of its body, from `start` to `end`. */
  addBody(bytes: Buffer, start: number, end: number, at: number): void {
    if (this.mayStream && this.body.size > 0 && at - this.endAt >= PAUSE_MS) this.#pause();
    this.#tap?.push(bytes.subarray(start, end), at);
    this.body.add(bytes, start, end);
    this.endAt = at;
  }

  /** It came with a pause: how it began tells whether it is a stream. */
  #pause(): void {
    this.mayStream = false;
    if (this.#tap === null && !this.body.isPartial)
      this.tap = lateTapOf(this.fields.list, this.body.bytes, this.endAt);
  }

  /** Nothing more will come; limits that were met are named. `end` -1: it is not known where it ended. */
  finish(end: number, isCut: boolean, at: number, tell: Limits): void {
    this.end = end;
    this.isPartial ||= isCut;
    this.endAt = Math.max(this.endAt, at);
    if (this.#tap !== null) this.#closeTap(this.#tap);
    if (this.body.beyond > 0) tell.count("http1.body-cut-bytes", this.body.beyond);
    if (this.fields.dropped + (this.trailers?.dropped ?? 0) > 0) tell.weird("http1.fields-limit");
  }

  #closeTap(tap: StreamTap): void {
    tap.end(this.endAt);
    this.#allowance.give(tap.weight);
  }

  /** It is about to be told: what it kept is no longer ours. */
  release(): void {
    this.fields.release();
    this.trailers?.release();
    this.body.release();
    this.#allowance.give(this.#charged);
    this.#charged = 0;
  }

  /** So many bytes of the body will not come. */
  skip(length: number): void {
    this.body.skip(length);
    this.#tap?.gap();
    this.isPartial = true;
  }
}

/** What differs between the two directions; `M` is what it makes of a message. */
export interface ReaderOwner<M extends { readonly message: Message }> {
  readonly count: Counter;
  readonly weird: (name: WeirdName) => void;
  readonly allowance: Allowance;
  /** Judges the first bytes of what should be a message: false = certainly none. */
  couldStart(bytes: Buffer, at: number): boolean;
  /** Same, behind a loss: only what is unmistakable. */
  isSureStart(line: string): boolean;
  /** A first line: the message it opens, or null when it is none. */
  start(line: string, place: Place): M | null;
  /** The head is complete, or cut: how its body is framed. null = the bytes behind it are no HTTP/1 any more. */
  head(begun: M, window: Window): Framing | null;
  /** Nothing more will come of this message. True = what follows must wait, it may be no HTTP/1. */
  done(begun: M): boolean;
  /**
   * Bytes of unknown content are missing between messages, or within one whose end they hide; `end` is behind them.
   * `isWithin`: they may be no more than the rest of a message that began before.
   */
  hole(end: number, isWithin: boolean): void;
}

/** What the next byte of a direction belongs to. */
export type ReaderState =
  | "start"
  | "fields"
  | "length"
  | "chunk-size"
  | "chunk"
  | "chunk-end"
  | "trailers"
  | "close"
  | "search"
  | "over";
