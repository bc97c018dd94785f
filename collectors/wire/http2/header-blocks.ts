// Joins HEADERS, PUSH_PROMISE and CONTINUATION frames of one direction into decoded field sections.
import type { Weird } from "../../../src/model/parsed.ts";
import type { HpackField } from "../hpack/dynamic-table.ts";
import { createHpackDecoder } from "../hpack/decoder.ts";
import type { HpackDecoder } from "../hpack/decoder.ts";
import { ByteBuffer } from "./byte-buffer.ts";
import * as frames from "./frames.ts";
import type { TimedHeader } from "./frame-reader.ts";

// Servers accept 8 to 80 KiB of headers; beyond that a block is an attack or not HTTP.
const MAX_BLOCK_BYTES = 65_536;

// A block of 64 KiB needs 4 frames of the usual 16 KiB; senders with small frames get some slack, floods do not.
const MAX_CONTINUATIONS = 32;

/** One field section, or the fact that there was one that could not be read. */
export interface FieldSection {
  readonly stream: number;
  /** The stream a PUSH_PROMISE announces, null for HEADERS. */
  readonly promised: number | null;
  readonly endStream: boolean;
  /** null: missed or refused. Names and values are null where they stand on unheard table entries. */
  readonly fields: readonly HpackField[] | null;
  /** Fields were left out by a limit or an error. */
  readonly cut: boolean;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What is told of header blocks. */
export interface BlockEvents {
  section(section: FieldSection): void;
  oddBlock(weird: Weird): void;
}

interface Opening {
  readonly header: TimedHeader;
  readonly promised: number | null;
}

interface Pending extends Opening {
  readonly block: ByteBuffer;
  continuations: number;
  refused: boolean;
}

const CARRIERS: ReadonlySet<number> = new Set([frames.HEADERS, frames.PUSH_PROMISE, frames.CONTINUATION]);

function pendingOf(header: TimedHeader, promised: number | null): Pending {
  return { header, promised, block: new ByteBuffer(), continuations: 0, refused: false };
}

export class HeaderBlocks {
  private hpack: HpackDecoder;
  private pending: Pending | null = null;
  private readonly events: BlockEvents;

  constructor(heard: boolean, events: BlockEvents) {
    this.hpack = createHpackDecoder(heard);
    this.events = events;
  }

  /** Memory that the table and an unfinished block take. */
  get weight(): number {
    return this.hpack.weight + (this.pending?.block.size ?? 0);
  }

  /** This direction turned out to begin here: its table is empty, not unknown. */
  restart(): void {
    this.hpack = createHpackDecoder(true);
  }

  /** Blocks were missed. */
  lose(): void {
    this.pending = null;
    this.hpack.lose();
  }

  /** Any frame but DATA passes here, since nothing may stand between the frames of a block. */
  frame(header: TimedHeader, payload: Uint8Array, at: number): void {
    if (header.type === frames.CONTINUATION) {
      this.continuation(header, payload, at);
      return;
    }
    this.interrupt();
    if (header.type === frames.HEADERS) this.open(header, fragmentOf(header, payload), null, at);
    else if (header.type === frames.PUSH_PROMISE) this.push(header, payload, at);
  }

  /** Something else came where a CONTINUATION had to. */
  interrupt(): void {
    if (this.pending === null) return;
    this.events.oddBlock({ name: "h2.continuation-missing" });
    this.refuse(this.pending, this.pending.header.startedAt);
    this.pending = null;
  }

  /** A frame with a piece of a block was there, but its payload is missing. */
  lost(header: TimedHeader, at: number): void {
    if (!CARRIERS.has(header.type)) return;
    this.hpack.lose();
    if (header.type !== frames.CONTINUATION) this.pending = pendingOf(header, null);
    if (this.pending !== null) this.refuse(this.pending, at);
    if ((header.flags & frames.END_HEADERS) !== 0) this.pending = null;
  }

  private push(header: TimedHeader, payload: Uint8Array, at: number): void {
    const fragment = fragmentOf(header, payload);
    if (fragment === null || fragment.length < 4) return this.open(header, null, null, at);
    this.open(header, fragment.subarray(4), frames.streamAt(fragment, 0), at);
  }

  private open(header: TimedHeader, fragment: Uint8Array | null, promised: number | null, at: number): void {
    const isWhole = (header.flags & frames.END_HEADERS) !== 0;
    // Nearly always the block is in one frame and needs no copy.
    if (isWhole && fragment !== null && fragment.length <= MAX_BLOCK_BYTES) {
      return this.decode({ header, promised }, fragment, at);
    }
    const pending = pendingOf(header, promised);
    this.pending = pending;
    if (fragment === null) {
      this.events.oddBlock({ name: "h2.padding" });
      this.refuse(pending, at);
    } else this.add(pending, fragment, at);
    this.closeIf(header, pending, at);
  }

  private continuation(header: TimedHeader, payload: Uint8Array, at: number): void {
    const { pending } = this;
    // Its beginning was missed, and the table knows it already.
    if (pending === null) return;
    if (header.stream !== pending.header.stream) return this.interrupt();
    if (++pending.continuations === MAX_CONTINUATIONS + 1) {
      this.events.oddBlock({ name: "h2.continuation-limit" });
      this.refuse(pending, at);
    }
    this.add(pending, payload, at);
    this.closeIf(header, pending, at);
  }

  private add(pending: Pending, fragment: Uint8Array, at: number): void {
    if (pending.refused) return;
    if (pending.block.length + fragment.length > MAX_BLOCK_BYTES) {
      this.events.oddBlock({ name: "h2.header-block-limit" });
      this.refuse(pending, at);
    } else pending.block.append(fragment);
  }

  private closeIf(header: TimedHeader, pending: Pending, at: number): void {
    if ((header.flags & frames.END_HEADERS) === 0) return;
    this.pending = null;
    if (pending.refused) return;
    this.decode(pending, pending.block.view(), at);
  }

  private decode(of: Opening, block: Uint8Array, at: number): void {
    const { fields, weird, cut } = this.hpack.decode(block);
    if (weird !== null) this.events.oddBlock(weird);
    this.tell(of, fields, { cut: cut || weird !== null, at });
  }

  private refuse(pending: Pending, at: number): void {
    if (pending.refused) return;
    pending.refused = true;
    pending.block.clear();
    this.hpack.lose();
    this.tell(pending, null, { cut: true, at });
  }

  private tell(
    { header, promised }: Opening,
    fields: FieldSection["fields"],
    { cut, at }: { cut: boolean; at: number },
  ): void {
    // Without the number of the announced stream there is nothing to tell about.
    if (header.type === frames.PUSH_PROMISE && promised === null) return;
    this.events.section({
      stream: header.stream,
      promised,
      endStream: header.type === frames.HEADERS && (header.flags & frames.END_STREAM) !== 0,
      fields,
      cut,
      startedAt: header.startedAt,
      endedAt: at,
    });
  }
}

/*
  HEADERS (RFC 9113, section 6.2)           PUSH_PROMISE (section 6.6)
    [pad length 8]                            [pad length 8]
    [exclusive 1, dependency 31, weight 8]    reserved 1, promised stream 31
    fragment                                  fragment
    [padding]                                 [padding]
  Null when the padding is longer than the payload.
*/
function fragmentOf({ flags, type }: TimedHeader, payload: Uint8Array): Uint8Array | null {
  const padded = (flags & frames.PADDED) !== 0;
  const priority = type === frames.HEADERS && (flags & frames.PRIORITISED) !== 0 ? 5 : 0;
  const start = (padded ? 1 : 0) + priority;
  const end = payload.length - (padded ? (payload[0] ?? 0) : 0);
  return end < start ? null : payload.subarray(start, end);
}
