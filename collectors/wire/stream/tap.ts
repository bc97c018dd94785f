// Counts the frames of one direction of a stream while they pass: how many, how large, how long apart.
import type { Header } from "../../../src/model/exchange.ts";
import type { Own } from "../../../src/model/grow.ts";
import { growCounters } from "../../../src/model/grow.ts";
import { histogramOf } from "../../../src/model/sketch.ts";
import type { FrameFacts, StreamFacts, StreamKind } from "../../../src/model/stream-facts.ts";
import { emptyFrames } from "../../../src/model/stream-facts.ts";
import { AMAZON, GRPC, PrefixSplitter, TRAILERS } from "../../../src/digest/stream/prefixed.ts";
import { NAMES_ONLY, splitters } from "../../../src/digest/stream/text.ts";
import type { Side, WireSink } from "../flow.ts";
import { declaredStream, mediaTypeIn, pausedStream } from "./kinds.ts";
import { createUnpacker } from "./unpack.ts";
import type { Unpacker } from "./unpack.ts";

/** What frames there are, told with the bytes of their content. */
type Cutter = (bytes: Buffer, frame: (size: number) => void) => void;

// Long streams are told in between, like connections that stay closed.
const REPORT_MS = 60_000;

// Counters of some dozen buckets; a window of deflate and what is held until it is flushed.
const PLAIN_BYTES = 4_000;
const PACKED_BYTES = 100_000;

/** Class because it is held per stream. */
export class StreamTap {
  readonly kind: StreamKind;
  readonly #side: Side;
  readonly #unpacker: Unpacker | null;
  readonly #cut: Cutter;
  #facts: Own<FrameFacts> | null = null;
  #last: number | null = null;
  #follow: { readonly sink: WireSink; readonly of: StreamFacts } | null = null;
  #reportedAt = 0;
  #heardAt = 0;
  #isBlind = false;

  constructor(kind: StreamKind, side: Side, unpacker: Unpacker | null = null) {
    this.kind = kind;
    this.#side = side;
    this.#unpacker = unpacker;
    this.#cut = cutterOf(kind);
  }

  /** Content bytes of the body as sent; valid during the call only. */
  push(bytes: Uint8Array, at: number): void {
    if (this.#isBlind) return;
    const plain = this.#unpacker === null ? bytes : this.#unpacker.push(bytes);
    if (plain === null) this.#isBlind = true;
    else this.#read(plain, at);
    this.#heard(at);
  }

  /** A frame that was found by someone else. */
  message(size: number, at: number): void {
    this.#frame(size, at);
    this.#heard(at);
  }

  /** Memory it may take. */
  get weight(): number {
    return this.#unpacker === null ? PLAIN_BYTES : PACKED_BYTES;
  }

  #heard(at: number): void {
    this.#heardAt = at;
    if (this.#follow !== null && at - this.#reportedAt >= REPORT_MS) this.#report(at);
  }

  #frame(size: number, at: number): void {
    const facts = (this.#facts ??= emptyFrames());
    facts.frames += 1;
    growCounters(facts.sizes, histogramOf(size));
    if (this.#last !== null) growCounters(facts.gaps, histogramOf(at - this.#last));
    this.#last = at;
  }

  /** Bytes are missing: frames that say their length, and compressed ones, are not found again behind them. */
  gap(): void {
    this.#last = null;
    if (this.#unpacker !== null || this.kind === "grpc" || this.kind === "amazon" || this.kind === "items")
      this.#isBlind = true;
  }

  /** What was counted until now, once. */
  take(): FrameFacts | undefined {
    const facts = this.#facts;
    this.#facts = null;
    return facts ?? undefined;
  }

  /** The exchange was told with `of`; from now on `sink` hears what else comes. */
  follow(sink: WireSink, of: StreamFacts): void {
    this.#follow = { sink, of };
    this.#reportedAt = this.#heardAt;
  }

  end(at: number = this.#heardAt): void {
    const rest = this.#isBlind ? null : (this.#unpacker?.end() ?? null);
    if (rest !== null) this.#read(rest, at);
    this.#isBlind = true;
    this.#report(at);
  }

  #read(bytes: Uint8Array, at: number): void {
    const { buffer, byteOffset, length } = bytes;
    if (length > 0) this.#cut(Buffer.from(buffer, byteOffset, length), (size) => this.#frame(size, at));
  }

  #report(at: number): void {
    this.#reportedAt = at;
    const frames = this.#follow === null ? undefined : this.take();
    if (this.#follow === null || frames === undefined) return;
    const { sink, of } = this.#follow;
    sink.stream?.({
      of,
      at,
      more: this.#side === 0 ? { kinds: {}, sent: frames } : { kinds: {}, received: frames },
    });
  }
}

function cutterOf(kind: StreamKind): Cutter {
  if (kind === "text" || kind === "websocket") return (bytes, frame) => frame(bytes.length);
  if (kind === "grpc" || kind === "amazon") return prefixed(kind === "grpc" ? GRPC : AMAZON);
  const splitter = splitters[kind](NAMES_ONLY);
  // One character a byte: sizes are sizes, and no character is cut in two.
  return (bytes, frame) => splitter.push(bytes.toString("latin1"), ({ size }) => frame(size));
}

function prefixed(kind: typeof GRPC): Cutter {
  const splitter = new PrefixSplitter(kind);
  return (bytes, frame) =>
    splitter.push(bytes, ({ first, from, to }) => {
      // The frame of gRPC-Web that holds the trailers is no message.
      if (kind !== GRPC || (first & TRAILERS) === 0) frame(to - from);
    });
}

/** The tap of a body that says it is a stream; null for most. Of what clients send, only gRPC is one. */
export function tapOf(headers: readonly Header[], side: Side): StreamTap | null {
  const kind = declaredStream(mediaTypeIn(headers));
  return kind === null || (side === 0 && kind !== "grpc") ? null : tapFor(kind, headers, side);
}

/** The tap of a body that turned out to come with pauses; `begun` came by `at`. null: it is no stream all the same. */
export function lateTapOf(headers: readonly Header[], begun: Uint8Array, at: number): StreamTap | null {
  if (headers.some(([name]) => name === "content-length")) return null;
  const mediaType = mediaTypeIn(headers);
  const unpacker = unpackerOf(headers);
  if (unpacker === undefined) return null;
  const plain = unpacker === null ? begun : unpacker.push(begun);
  const kind = plain === null ? null : pausedStream(mediaType, plain);
  const tap = kind === null ? null : tapFor(kind, headers, 1);
  tap?.push(begun, at);
  return tap;
}

function tapFor(kind: StreamKind, headers: readonly Header[], side: Side): StreamTap | null {
  const unpacker = unpackerOf(headers);
  return unpacker === undefined ? null : new StreamTap(kind, side, unpacker);
}

/** null: not compressed; undefined: in a way that hides its frames. */
function unpackerOf(headers: readonly Header[]): Unpacker | null | undefined {
  const encoding = headers.find(([name]) => name === "content-encoding")?.[1] ?? "identity";
  return encoding === "identity" ? null : (createUnpacker(encoding) ?? undefined);
}

/** What an exchange is told with; from then on its taps tell the rest themselves. undefined: it is no stream. */
export function tellStream(
  taps: readonly (StreamTap | null | undefined)[],
  sink: WireSink,
): StreamFacts | undefined {
  const [up, down] = taps;
  const kind = (down ?? up)?.kind;
  if (kind === undefined) return undefined;
  const sent = up?.take();
  const received = down?.take();
  const of: StreamFacts = {
    kinds: { [kind]: 1 },
    ...(sent !== undefined && { sent }),
    ...(received !== undefined && { received }),
  };
  for (const tap of taps) tap?.follow(sink, of);
  return of;
}
