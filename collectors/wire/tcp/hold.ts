// Keeps payload that came before its turn: sorted, without overlap, the first copy of every byte.
import { NO_BYTES, ownCopy } from "../bytes.ts";
import type { Half, Held } from "./flow.ts";
import type { TcpHeader } from "./header.ts";

/** What a held segment costs beyond its bytes; makes a flood of one-byte segments reach the limits. */
export const HELD_OVERHEAD = 256;

/** Adds what is new in the segment. Returns the bytes now held more, and whether a byte contradicted the first copy. */
export function hold(half: Half, header: TcpHeader): { added: number; conflict: boolean } {
  const before = half.heldBytes;
  let conflict = false;
  let start = header.seq;
  let left = header.length;
  let index = firstAfter(half.held, start);
  while (left > 0) {
    const next = half.held[index];
    const room = next === undefined ? left : Math.max(0, Math.min(left, (next.seq - start) | 0));
    if (room > 0) insert(half, index++, header, { start, length: room });
    start = (start + room) | 0;
    left -= room;
    const shared = next === undefined ? 0 : sharedWith(next, start, left);
    if (next !== undefined && differs(next, header, start, shared)) conflict = true;
    start = (start + shared) | 0;
    left -= shared;
    index++;
  }
  if (header.isFin && half.held.at(-1)?.isFin !== true) {
    insert(half, half.held.length, header, { start, length: 0 });
  }
  return { added: half.heldBytes - before, conflict };
}

/** How many of the `left` bytes from `start` on this segment has already. */
function sharedWith(segment: Held, start: number, left: number): number {
  return Math.max(0, Math.min(left, (segment.seq + segment.length - start) | 0));
}

/** Takes the first held segment out. */
export function release(half: Half): Held | undefined {
  const first = half.held.shift();
  if (first !== undefined) half.heldBytes -= first.bytes.length + HELD_OVERHEAD;
  return first;
}

/** Index of the first held segment that ends behind `seq`. */
function firstAfter(held: readonly Held[], seq: number): number {
  let low = 0;
  let high = held.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const segment = held[middle]!;
    if (((segment.seq + segment.length - seq) | 0) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Piece {
  readonly start: number;
  readonly length: number;
}

function insert(half: Half, index: number, header: TcpHeader, piece: Piece): void {
  const skipped = (piece.start - header.seq) | 0;
  const bytes = header.bytes.subarray(skipped, skipped + piece.length);
  half.held.splice(index, 0, {
    seq: piece.start,
    length: piece.length,
    bytes: bytes.length === 0 ? NO_BYTES : ownCopy(bytes),
    at: header.at,
    ack: header.ack,
    isAck: header.isAck,
    isFin: header.isFin && piece.length === 0,
  });
  half.heldBytes += bytes.length + HELD_OVERHEAD;
}

function differs(first: Held, later: TcpHeader, start: number, length: number): boolean {
  const inFirst = (start - first.seq) | 0;
  const inLater = (start - later.seq) | 0;
  const compared = Math.min(length, first.bytes.length - inFirst, later.bytes.length - inLater);
  if (compared <= 0) return false;
  return later.bytes.compare(first.bytes, inFirst, inFirst + compared, inLater, inLater + compared) !== 0;
}
