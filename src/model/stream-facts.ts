// How streams ran: what was sent at a time, how large it was and how long the next took, in counters that merge.
import type { Histogram } from "./bounded.ts";
import { emptyRecord } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { growCounters, ownCopy } from "./grow.ts";
import { emptyHistogram, quantile } from "./sketch.ts";

/** What a stream is made of: server-sent events, lines, items of an array, AWS frames, gRPC or WebSocket messages, bare text. */
export const STREAM_KINDS = ["events", "lines", "items", "amazon", "grpc", "websocket", "text"] as const;

export type StreamKind = (typeof STREAM_KINDS)[number];

export interface FrameFacts {
  readonly frames: number;
  /** Bytes of each, without what frames it; of bare text, of each arrival. */
  readonly sizes: Histogram;
  /** Milliseconds between the last bytes of one and the next, capture clock. None across bytes that were not heard. */
  readonly gaps: Histogram;
}

export interface StreamFacts {
  /** Exchanges with such a stream. */
  readonly kinds: Readonly<Partial<Record<StreamKind, number>>>;
  /** From the client, from the server; absent while nothing came. */
  readonly sent?: FrameFacts;
  readonly received?: FrameFacts;
}

/** What came of a stream after its exchange was told. */
export interface StreamUpdate {
  /** The facts the exchange was told with, the very object. */
  readonly of: StreamFacts;
  /** Milliseconds since the epoch, capture clock. */
  readonly at: number;
  /** What came since then, or since the update before; of no kind, since the stream was counted. */
  readonly more: StreamFacts;
}

export function emptyFrames(): Own<FrameFacts> {
  return { frames: 0, sizes: { ...emptyHistogram() }, gaps: { ...emptyHistogram() } };
}

/** Adds `from` to `into`, if there is any. Commutative and associative. */
export function growStream(into: Own<StreamFacts> | undefined, from: StreamFacts): StreamFacts {
  const held: Own<StreamFacts> = into ?? { kinds: emptyRecord() };
  growCounters(held.kinds as Record<string, number>, from.kinds as Record<string, number>);
  if (from.sent !== undefined) held.sent = growFrames(held.sent, from.sent);
  if (from.received !== undefined) held.received = growFrames(held.received, from.received);
  return held;
}

function growFrames(into: Own<FrameFacts> | undefined, from: FrameFacts): FrameFacts {
  if (into === undefined) return ownCopy(from);
  into.frames += from.frames;
  growCounters(into.sizes, from.sizes);
  growCounters(into.gaps, from.gaps);
  return into;
}

/** One direction as people read it; `size` in bytes, `gap_ms` null while there is none. */
export interface FrameSummary {
  readonly frames: number;
  readonly size: { readonly p50: number; readonly p95: number };
  readonly gap_ms: { readonly p50: number; readonly p95: number } | null;
}

export interface StreamSummary {
  /** Exchanges by what their stream is made of. */
  readonly kinds: Readonly<Record<string, number>>;
  /** From the client, from the server; null: nothing came. */
  readonly sent: FrameSummary | null;
  readonly received: FrameSummary | null;
}

export function streamSummary({ kinds, sent, received }: StreamFacts): StreamSummary {
  const sorted = STREAM_KINDS.flatMap((kind) =>
    kinds[kind] === undefined ? [] : [[kind, kinds[kind]] as const],
  );
  return { kinds: Object.fromEntries(sorted), sent: frameSummary(sent), received: frameSummary(received) };
}

function frameSummary(facts: FrameFacts | undefined): FrameSummary | null {
  if (facts === undefined) return null;
  const { frames, sizes, gaps } = facts;
  return { frames, size: middles(sizes) ?? { p50: 0, p95: 0 }, gap_ms: middles(gaps) };
}

function middles(values: Histogram): { readonly p50: number; readonly p95: number } | null {
  const p50 = quantile(values, 0.5);
  const p95 = quantile(values, 0.95);
  return p50 === null || p95 === null ? null : { p50: rounded(p50), p95: rounded(p95) };
}

/** Histograms are exact within 5 %: more digits say nothing. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
