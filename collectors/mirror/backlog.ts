// Datagrams that arrived while the stages behind were full: first come first served, within a bound of memory.

// At a gigabit a quarter of a second: a pause of the stages behind is shorter, an outage no memory would outlast.
const MAX_BYTES = 32 * 1_048_576;
/** What a held datagram costs beyond its bytes, so that a flood of tiny ones reaches the bound too. */
const OVERHEAD = 256;

export interface Waiting {
  readonly bytes: Buffer;
  /** Arrival, in milliseconds since the epoch. */
  readonly at: number;
}

/** Class because of the hot path: one queue, taken from the front without moving the rest. */
export class Backlog {
  readonly #maxBytes: number;
  #queue: Waiting[] = [];
  #next = 0;
  #held = 0;

  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#next === this.#queue.length;
  }

  /** False when there is no room. */
  add(waiting: Waiting): boolean {
    const cost = waiting.bytes.length + OVERHEAD;
    if (this.#held + cost > this.#maxBytes) return false;
    this.#held += cost;
    this.#queue.push(waiting);
    return true;
  }

  take(): Waiting | undefined {
    const first = this.#queue[this.#next];
    if (first === undefined) return undefined;
    this.#held -= first.bytes.length + OVERHEAD;
    this.#next += 1;
    if (this.#next > 1_024 && this.#next * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#next);
      this.#next = 0;
    }
    return first;
  }
}
