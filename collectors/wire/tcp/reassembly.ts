// Puts the bytes of one connection in order and in cause: nothing is delivered before the bytes it acknowledges.
import type { Segment, Side } from "../flow.ts";
import type { Counter } from "../counters.ts";
import type { Flow, Half, Held } from "./flow.ts";
import type { TcpHeader } from "./header.ts";
import { hold, release } from "./hold.ts";

// A response acknowledges its request. A mirror may deliver it first; it then waits here for the request, so that
// decoders see requests before responses, and acknowledged bytes that never come are known to be missing.

/** Per direction; a window of 512 KiB in flight is rare between services. */
const MAX_HELD_BYTES = 524_288;
/** Per direction: a quarter of a second of full segments at 10 Mbit/s. */
const MAX_HELD_SEGMENTS = 256;
/** How long a mirror may deliver out of order; AWS and switch buffers stay far below. */
const LATE_MS = 1_000;
/** How long to wait without an acknowledgment as evidence, once the connection closes or only one side is heard. */
const SILENT_MS = 5_000;
/** No window in use is larger; an acknowledgment further ahead is not believed. */
const MAX_WINDOW = 16 * 1_048_576;
/** A segment further behind than this is no retransmission of what we picked up. */
const PICKUP_SLACK = 1_048_576;

/** What reassembly asks of its surroundings. */
export interface Reassembly {
  readonly count: Counter;
  /** Held bytes over all connections changed. */
  held(by: number): void;
  /** The flow now holds something (true), or nothing any more. */
  waiting(flow: Flow, isWaiting: boolean): void;
  data(flow: Flow, segment: Segment): void;
  gap(flow: Flow, side: Side, gap: { offset: number; length: number; at: number }): void;
  end(flow: Flow, side: Side, at: number): void;
}

const other = (side: Side): Side => (side === 0 ? 1 : 0);

/** Position of the next byte, taken from whatever tells it first. */
export function place(half: Half, seq: number): void {
  if (half.position !== "unknown") return;
  half.position = "guessed";
  half.next = half.start = seq;
}

/** The other direction acknowledged up to `ack`. */
export function acknowledge(half: Half, ack: number): void {
  place(half, ack);
  const ahead = (ack - half.next) | 0;
  if (ahead > MAX_WINDOW && half.heard) return;
  if (!half.acked || ((ack - half.ackMax) | 0) > 0) half.ackMax = ack;
  half.acked = true;
  if (half.silent) pass(half, ahead);
}

/** Of a direction that is not captured bytes are not missing, they are elsewhere. */
function pass(half: Half, ahead: number): void {
  if (ahead <= 0) return;
  half.next = (half.next + ahead) | 0;
  half.offset += ahead;
}

/** A segment with payload or FIN. */
export function arrive(env: Reassembly, flow: Flow, side: Side, header: TcpHeader): void {
  const half = flow.halves[side];
  place(half, header.seq);
  if (header.isFin) half.finSeen = true;
  if (half.ended) return env.count("tcp.retransmitted");
  const ahead = (header.seq - half.next) | 0;
  if (ahead < 0 && !moveBack(half, -ahead)) {
    if (!trim(half, header)) return env.count("tcp.retransmitted");
  }
  if (header.seq === half.next && half.held.length === 0 && isCaused(flow, side, header)) {
    deliver(env, flow, side, header);
    if (flow.halves[other(side)].held.length > 0) drain(env, flow, header.at);
    return;
  }
  keep(env, flow, side, header);
}

/** Before anything was delivered, an earlier segment moves the guessed start back. */
function moveBack(half: Half, by: number): boolean {
  if (half.position !== "guessed" || half.delivered || by > PICKUP_SLACK) return false;
  half.next = half.start = (half.next - by) | 0;
  half.offset = Math.max(0, half.offset - by);
  return true;
}

/** Cuts off what was delivered already; false when nothing new is left. */
function trim(half: Half, header: TcpHeader): boolean {
  const known = (half.next - header.seq) | 0;
  // Half the sequence space away is neither before nor behind: the negative number has no positive twin in 32 bits.
  if (known < 0) return false;
  if (known > header.length || (known === header.length && !header.isFin)) return false;
  header.seq = half.next;
  header.length -= known;
  header.bytes = header.bytes.subarray(Math.min(known, header.bytes.length));
  return true;
}

/** Whether everything the segment acknowledges was delivered, or cannot be. */
function isCaused(flow: Flow, side: Side, segment: { isAck: boolean; ack: number }): boolean {
  const peer = flow.halves[other(side)];
  if (!segment.isAck || peer.silent || peer.ended) return true;
  const ahead = (segment.ack - peer.next) | 0;
  return ahead <= 0 || ahead > MAX_WINDOW;
}

type Delivery = Pick<Held, "seq" | "length" | "bytes" | "at" | "ack" | "isAck" | "isFin">;

function deliver(env: Reassembly, flow: Flow, side: Side, segment: Delivery): void {
  const half = flow.halves[side];
  const { bytes, at, length } = segment;
  if (length > 0) {
    half.delivered = true;
    const offset = half.offset;
    half.next = (half.next + length) | 0;
    half.offset += length;
    const acked = segment.isAck ? flow.halves[other(side)].offsetOf(segment.ack) : -1;
    if (bytes.length > 0) env.data(flow, { side, bytes, at, offset, acked });
    const cut = length - bytes.length;
    if (cut > 0) env.gap(flow, side, { offset: offset + bytes.length, length: cut, at });
  }
  if (!segment.isFin) return;
  half.next = (half.next + 1) | 0;
  half.ended = true;
  env.end(flow, side, at);
}

function keep(env: Reassembly, flow: Flow, side: Side, header: TcpHeader): void {
  const half = flow.halves[side];
  if (half.held.length === 0) half.waitingSince = header.at;
  const { added, conflict } = hold(half, header);
  env.count("tcp.out-of-order");
  if (conflict) {
    flow.conflict = true;
    env.count("tcp.conflicts");
  }
  env.held(added);
  drain(env, flow, header.at);
  while (half.heldBytes > MAX_HELD_BYTES || half.held.length > MAX_HELD_SEGMENTS) {
    env.count("tcp.evicted-holes");
    if (!force(env, flow, side, header.at)) break;
  }
}

/** Delivers whatever is due, in both directions, until nothing moves. */
function drain(env: Reassembly, flow: Flow, now: number): void {
  let moved = true;
  while (moved) moved = drainSide(env, flow, 0, now) || drainSide(env, flow, 1, now);
  env.waiting(flow, flow.halves[0].held.length + flow.halves[1].held.length > 0);
}

function drainSide(env: Reassembly, flow: Flow, side: Side, now: number): boolean {
  const half = flow.halves[side];
  let moved = false;
  for (let first = half.held[0]; first !== undefined; first = half.held[0]) {
    const known = (half.next - first.seq) | 0;
    if (!half.ended && (known < 0 || !isCaused(flow, side, first))) break;
    const before = half.heldBytes;
    release(half);
    env.held(half.heldBytes - before);
    half.waitingSince = now;
    moved = true;
    if (!half.ended) deliver(env, flow, side, known === 0 ? first : behind(first, known));
  }
  return moved;
}

/** What is left of a held segment whose first `known` bytes came otherwise. */
function behind(segment: Held, known: number): Delivery {
  const length = Math.max(0, segment.length - known);
  const bytes = segment.bytes.subarray(Math.min(known, segment.bytes.length));
  const isFin = segment.isFin && known === 0;
  return { ...segment, seq: (segment.seq + known) | 0, length, bytes, isFin };
}

interface Spot {
  readonly flow: Flow;
  readonly side: Side;
  readonly now: number;
}

/** Gives up the hole that the first held segment of this side waits for. False when there is none. */
export function force(env: Reassembly, flow: Flow, side: Side, now: number): boolean {
  const half = flow.halves[side];
  const first = half.held[0];
  if (first === undefined) return false;
  // Counted from behind, so that a hole of half the sequence space is one, too.
  const known = (half.next - first.seq) | 0;
  const spot = { flow, side, now };
  if (known < 0) giveUp(env, spot, -known);
  else giveUpCause(env, { ...spot, side: other(side) }, first.ack);
  drain(env, flow, now);
  return true;
}

/** The bytes up to `ack` will not come: skips to it, or to what is held before it. */
function giveUpCause(env: Reassembly, spot: Spot, ack: number): void {
  const half = spot.flow.halves[spot.side];
  const first = half.held[0];
  let length = (ack - half.next) | 0;
  if (!half.heard) {
    half.silent = true;
    return pass(half, length);
  }
  if (first !== undefined) length = Math.min(length, (first.seq - half.next) | 0);
  if (length > 0) return giveUp(env, spot, length);
  // Both sides wait for each other: only crafted packets do that. What is held goes out as it is.
  if (first !== undefined) half.held[0] = { ...first, ack: 0, isAck: false };
}

function giveUp(env: Reassembly, { flow, side, now }: Spot, length: number): void {
  const half = flow.halves[side];
  const offset = half.offset;
  half.next = (half.next + length) | 0;
  half.offset += length;
  half.delivered = true;
  env.gap(flow, side, { offset, length, at: now });
}

/** Gives up holes on evidence: late, and either acknowledged or unable to be. */
export function review(env: Reassembly, flow: Flow, now: number): void {
  for (const side of [0, 1] as const) {
    while (isHopeless(flow, side, now) && force(env, flow, side, now));
  }
}

function isHopeless(flow: Flow, side: Side, now: number): boolean {
  const half = flow.halves[side];
  const first = half.held[0];
  if (first === undefined) return false;
  const age = now - half.waitingSince;
  if (age < LATE_MS) return false;
  const hasHole = ((first.seq - half.next) | 0) > 0;
  if (!hasHole || (half.acked && ((half.ackMax - half.next) | 0) > 0)) return true;
  const peer = flow.halves[other(side)];
  const isClosing = flow.sawReset || half.finSeen || peer.finSeen || !peer.heard;
  return age >= SILENT_MS && isClosing;
}

/** Nothing more will come: everything held goes out, and acknowledged bytes that never came are declared missing. */
export function finish(env: Reassembly, flow: Flow, now: number): void {
  for (const side of [0, 1] as const) while (force(env, flow, side, now));
  for (const side of [0, 1] as const) {
    const half = flow.halves[side];
    const missing = (half.ackMax - half.next) | 0;
    // One more than the last byte is the acknowledgment of a FIN that was not captured.
    const isMissing = half.acked && half.heard && !half.ended && missing > 1;
    if (isMissing) giveUp(env, { flow, side, now }, missing);
  }
  env.waiting(flow, false);
}
