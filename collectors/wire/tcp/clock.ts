// The capture clock: packet time, protected against single packets with an absurd time stamp.

/** A step larger than this must be confirmed by a second packet before it moves the clock. */
const PLAUSIBLE_STEP_MS = 3_600_000;
/** How close the confirming packet's time must be. */
const CONFIRM_MS = 60_000;

/** Follows packet times forward; small steps back are reordering and leave it where it is. */
export class CaptureClock {
  now = Number.NEGATIVE_INFINITY;
  #candidate = Number.NaN;

  advance(at: number): number {
    const step = at - this.now;
    if (step >= 0 && step <= PLAUSIBLE_STEP_MS) this.now = at;
    else if (Math.abs(step) > PLAUSIBLE_STEP_MS) this.#jump(at);
    return this.now;
  }

  #jump(at: number): void {
    const isFirst = this.now === Number.NEGATIVE_INFINITY;
    if (isFirst || Math.abs(at - this.#candidate) <= CONFIRM_MS) this.now = at;
    else this.#candidate = at;
  }
}
