// Holds the bytes of one unfinished record between chunks, in one growing buffer, so that tiny chunks cost no more than large ones.

// Records that span chunks are usually of this order; smaller growth steps would copy more often.
const FIRST_CAPACITY = 65_536;
// A buffer grown by one huge record is let go afterwards; keeping up to this much saves allocations.
const KEPT_CAPACITY = 1_048_576;

/** Append-only bytes that are taken all at once. */
export class ByteHold {
  #buffer = Buffer.alloc(0);
  #length = 0;
  #peak = 0;

  get length(): number {
    return this.#length;
  }

  /** The most bytes ever held at a time: what a memory test asserts on. */
  get peak(): number {
    return this.#peak;
  }

  append(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#buffer.length) this.#grow(needed);
    this.#buffer.set(piece, this.#length);
    this.#length = needed;
    if (needed > this.#peak) this.#peak = needed;
  }

  /** What was held, decoded as UTF-8; empties the hold. */
  takeText(): string {
    const text = this.#buffer.toString("utf8", 0, this.#length);
    this.clear();
    return text;
  }

  clear(): void {
    this.#length = 0;
    if (this.#buffer.length > KEPT_CAPACITY) this.#buffer = Buffer.alloc(0);
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafe(Math.max(FIRST_CAPACITY, this.#buffer.length * 2, needed));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
