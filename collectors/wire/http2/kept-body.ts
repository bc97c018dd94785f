// The beginning of a message body, within what one message and one connection may hold.
import { ByteBuffer } from "./byte-buffer.ts";

// Enough for the shape of nearly every JSON body; the rest is only counted.
const MAX_KEPT = 65_536;

// A connection may have 1,024 live streams; browsers use about 100, so this keeps the whole of 64 large bodies.
const MAX_KEPT_PER_CONNECTION = 4_194_304;

/** Shared by all bodies of one connection. */
export class BodyBudget {
  left = MAX_KEPT_PER_CONNECTION;

  get used(): number {
    return MAX_KEPT_PER_CONNECTION - this.left;
  }
}

export class KeptBody {
  /** Bytes on the wire, kept or not, missing ones included. */
  size = 0;
  /** False once anything is missing from what is kept. */
  whole = true;
  private readonly kept = new ByteBuffer();
  private readonly budget: BodyBudget;

  constructor(budget: BodyBudget) {
    this.budget = budget;
  }

  push(bytes: Uint8Array): void {
    this.size += bytes.length;
    if (!this.whole) return;
    const room = Math.min(bytes.length, MAX_KEPT - this.kept.length, this.budget.left);
    this.kept.append(bytes.subarray(0, room));
    this.budget.left -= room;
    if (room < bytes.length) this.whole = false;
  }

  /** What comes behind a hole is not joined to what came before it. */
  gap(length: number): void {
    this.size += length;
    this.whole = false;
  }

  /** What is kept so far; valid until more comes. */
  get begun(): Uint8Array {
    return this.kept.view();
  }

  /** The kept bytes, once: the memory goes back to the connection. */
  take(): Uint8Array {
    const bytes = this.kept.view();
    this.budget.left += bytes.length;
    this.kept.clear();
    return bytes;
  }
}
