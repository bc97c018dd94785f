// What is kept of a message body while it passes: the beginning in copies of our own, the size in full.
import { NO_BYTES } from "../bytes.ts";

/** Wire bytes kept per body; JSON of APIs is rarely larger, and shapes are learnt from many small bodies. */
const MAX_KEPT = 65_536;

const MAX_TRUST = 16_384;

export class KeptBody {
  #buffer: Buffer = NO_BYTES;
  #kept = 0;
  #expected = 0;
  /** Bytes on the wire, without chunk framing. */
  size = 0;
  /** A hole, a limit or an early end left something out. */
  isPartial = false;

  /** `bytes` from `start` to `end`. */
  add(bytes: Buffer, start: number, end: number): void {
    const before = this.size;
    this.size += end - start;
    const room = MAX_KEPT - this.#kept;
    if (end - start > room) this.isPartial = true;
    // Behind a hole bytes have lost their place: only an unbroken beginning is worth keeping.
    if (room <= 0 || before !== this.#kept) return;
    const length = Math.min(end - start, room);
    this.#reserve(this.#kept + length);
    bytes.copy(this.#buffer, this.#kept, start, start + length);
    this.#kept += length;
  }

  /** How many bytes will come, when that is known: saves growing. */
  expect(length: number): void {
    this.#expected = Math.min(length, MAX_KEPT);
  }

  #reserve(needed: number): void {
    if (needed <= this.#buffer.length) return;
    // A stated length is not believed beyond what a few segments bring: it may be all there ever is of the body.
    const asStated = Math.min(this.#expected, needed + MAX_TRUST);
    const grown = Buffer.allocUnsafe(Math.max(needed, asStated, Math.min(this.#buffer.length * 2, MAX_KEPT)));
    this.#buffer.copy(grown, 0, 0, this.#kept);
    this.#buffer = grown;
  }

  skip(length: number): void {
    this.size += length;
    this.isPartial = true;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#kept);
  }
}
