// Memory for what one connection keeps while messages are unfinished: bounded, and known to whoever weighs connections.
import type { Counter } from "./counters.ts";

/** A pipeline of 30 requests with whole bodies; HTTP/2 keeps as much for all streams of a connection. */
const MAX_KEPT = 4 * 1_048_576;

export class Allowance {
  readonly #count: Counter;
  readonly #most: number;
  used = 0;

  constructor(count: Counter, bytes = MAX_KEPT) {
    this.#count = count;
    this.#most = bytes;
  }

  /** False, and nothing taken, when there is not so much left. */
  take(bytes: number): boolean {
    if (this.used + bytes > this.#most) {
      this.#count("kept.refused-bytes", bytes);
      return false;
    }
    this.used += bytes;
    return true;
  }

  /** Takes what is there already, whatever is left. */
  charge(bytes: number): void {
    this.used += bytes;
  }

  give(bytes: number): void {
    this.used -= bytes;
  }
}
