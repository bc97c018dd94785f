// Bytes that arrive in pieces, kept contiguous at amortised constant cost however small the pieces are.

const EMPTY = new Uint8Array(0);

/** Copies what it is given, so it never pins the buffer of a packet. */
export class ByteBuffer {
  private store: Uint8Array = EMPTY;
  private start = 0;
  private end = 0;

  get length(): number {
    return this.end - this.start;
  }

  /** Memory it takes, room for more included. */
  get size(): number {
    return this.store.length;
  }

  append(bytes: Uint8Array): void {
    if (this.end + bytes.length > this.store.length) this.makeRoom(bytes.length);
    this.store.set(bytes, this.end);
    this.end += bytes.length;
  }

  /** Valid until the next change. */
  view(): Uint8Array {
    return this.store.subarray(this.start, this.end);
  }

  drop(count: number): void {
    this.start = Math.min(this.start + count, this.end);
    if (this.start === this.end) this.clear();
  }

  /** Gives the memory back too. */
  clear(): void {
    this.store = EMPTY;
    this.start = 0;
    this.end = 0;
  }

  private makeRoom(more: number): void {
    const needed = this.length + more;
    const room = new Uint8Array(Math.max(needed, Math.min(needed * 2, needed + 65_536), 32));
    room.set(this.view());
    this.end = this.length;
    this.start = 0;
    this.store = room;
  }
}
