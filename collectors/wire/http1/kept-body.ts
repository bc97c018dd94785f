// What is kept of a message body while it passes: the beginning in copies of our own, the size in full.
import { NO_BYTES } from "../bytes.ts";
import type { Allowance } from "../allowance.ts";

/** Wire bytes kept per body; JSON of APIs is rarely larger, and shapes are learnt from many small bodies. */
const MAX_KEPT = 65_536;

/** Two full segments: a body that grows further shows by then that it does. */
const MAX_TRUST = 2_920;

export class KeptBody {
  readonly #allowance: Allowance;
  #buffer: Buffer = NO_BYTES;
  #kept = 0;
  #taken = 0;
  #expected = 0;
  /** Bytes on the wire, without chunk framing. */
  size = 0;
  /** A hole, a limit or an early end left something out. */
  isPartial = false;
  /** Bytes that came when as much was kept as is kept of any body. */
  beyond = 0;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** `bytes` from `start` to `end`. */
  add(bytes: Buffer, start: number, end: number): void {
    const before = this.size;
    this.size += end - start;
    const room = MAX_KEPT - this.#kept;
    if (end - start > room) {
      this.isPartial = true;
      this.beyond += end - start - room;
    }
    // Behind a hole bytes have lost their place: only an unbroken beginning is worth keeping.
    if (room <= 0 || before !== this.#kept) return;
    const length = Math.min(end - start, room);
    if (!this.#reserve(this.#kept + length)) {
      this.isPartial = true;
      return;
    }
    bytes.copy(this.#buffer, this.#kept, start, start + length);
    this.#kept += length;
  }

  /** How many bytes will come, when that is known: saves growing. */
  expect(length: number): void {
    this.#expected = Math.min(length, MAX_KEPT);
  }

  /** The memory counts as free again; what was kept stays readable. */
  release(): void {
    this.#allowance.give(this.#taken);
    this.#taken = 0;
  }

  #reserve(needed: number): boolean {
    if (needed <= this.#buffer.length) return true;
    // A stated length is not believed beyond what a few segments bring: it may be all there ever is of the body.
    const asStated = Math.min(this.#expected, needed + MAX_TRUST);
    const size = Math.max(needed, asStated, Math.min(this.#buffer.length * 2, MAX_KEPT));
    if (!this.#allowance.take(size - this.#taken)) return false;
    this.#taken = size;
    const grown = Buffer.allocUnsafe(size);
    this.#buffer.copy(grown, 0, 0, this.#kept);
    this.#buffer = grown;
    return true;
  }

  skip(length: number): void {
    this.size += length;
    this.isPartial = true;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#kept);
  }
}
