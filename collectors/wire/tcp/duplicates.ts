// Recognises packets that a mirror delivered twice, so that counts stay honest and work is done once.
import type { TcpHeader } from "./header.ts";

/** Remembered packets. A mirror of both ports delivers the copy within microseconds; Arkime keeps 2 s too. */
const SLOTS = 4_096;
const WINDOW_MS = 2_000;
const FIELDS = 5;

/** Compares every field, never a hash alone: a false hit would lose data. */
export class DuplicateFilter {
  readonly #seen = new Float64Array(SLOTS * FIELDS).fill(-1);
  readonly #times = new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY);

  /** True when the same segment of the same flow and side was seen within the window. */
  isRepeat(flowId: number, side: number, header: TcpHeader, now: number): boolean {
    const seen = this.#seen;
    const { seq, length, ipId, checksum } = header;
    const flow = flowId * 2 + side;
    const mixed = Math.imul(seq ^ Math.imul(flow, 0x9e3779b1), 0x85ebca6b) ^ (ipId << 8);
    const slot = (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
    const at = slot * FIELDS;
    const isSame =
      seen[at] === flow && seen[at + 1] === seq && seen[at + 2] === length && seen[at + 3] === ipId;
    if (isSame && seen[at + 4] === checksum && now - this.#times[slot]! <= WINDOW_MS) return true;
    seen[at] = flow;
    seen[at + 1] = seq;
    seen[at + 2] = length;
    seen[at + 3] = ipId;
    seen[at + 4] = checksum;
    this.#times[slot] = now;
    return false;
  }
}
