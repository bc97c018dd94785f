// What is kept of a message body while it passes: the beginning in copies of our own, the size in full.
import { ownCopy } from "../bytes.ts";

/** Wire bytes kept per body; JSON of APIs is rarely larger, and shapes are learnt from many small bodies. */
const MAX_KEPT = 65_536;

export class KeptBody {
  readonly #parts: Buffer[] = [];
  #kept = 0;
  /** Bytes on the wire, without chunk framing. */
  size = 0;
  /** A hole, a limit or an early end left something out. */
  isPartial = false;

  add(bytes: Buffer): void {
    this.size += bytes.length;
    const room = MAX_KEPT - this.#kept;
    if (bytes.length > room) this.isPartial = true;
    // Behind a hole bytes have lost their place: only an unbroken beginning is worth keeping.
    if (room <= 0 || this.size - bytes.length !== this.#kept) return;
    const part = ownCopy(bytes.length > room ? bytes.subarray(0, room) : bytes);
    this.#parts.push(part);
    this.#kept += part.length;
  }

  skip(length: number): void {
    this.size += length;
    this.isPartial = true;
  }

  get bytes(): Buffer {
    return this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
  }
}
