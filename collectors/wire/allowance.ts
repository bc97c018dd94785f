// Memory for what is kept while messages are unfinished, shared by all connections: many small hoards are a large one.
import type { Counter } from "./counters.ts";

/** With as much for held TCP segments, and what 30,000 connections cost anyway, this stays below 300 MB. */
const MAX_KEPT = 48 * 1_048_576;

export class Allowance {
  readonly #count: Counter;
  #left: number;

  constructor(count: Counter, bytes = MAX_KEPT) {
    this.#count = count;
    this.#left = bytes;
  }

  /** False, and nothing taken, when there is not so much left. */
  take(bytes: number): boolean {
    if (bytes > this.#left) {
      this.#count("kept.refused-bytes", bytes);
      return false;
    }
    this.#left -= bytes;
    return true;
  }

  give(bytes: number): void {
    this.#left += bytes;
  }
}
