// Cuts a byte stream into lines without caring where segments end.
import { latin1, NO_BYTES } from "../bytes.ts";
import type { Allowance } from "../allowance.ts";

/** Longest line kept; servers refuse far shorter ones (Apache 8,190, Node 16 KiB in all). The rest of it is dropped. */
const MAX_LINE = 65_536;

/** Where reading stands within the segment at hand; shared by everything that reads one direction. */
export class Window {
  readonly #allowance: Allowance;
  #taken = 0;
  bytes: Buffer = NO_BYTES;
  pos = 0;
  /** Stream offset of `bytes[0]`. */
  offset = 0;
  at = 0;
  acked = -1;
  /** Beginning of a line whose end has not come. */
  partial = "";
  /** What is behind `partial`: where its line began. */
  lineStart = 0;
  lineAt = 0;
  lineAcked = -1;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  open(bytes: Buffer, offset: number, at: number, acked: number): void {
    this.bytes = bytes;
    this.pos = 0;
    this.offset = offset;
    this.at = at;
    this.acked = acked;
  }

  /** Lets go of the segment: it pins the memory of many packets. Positions stay. */
  close(): void {
    this.bytes = NO_BYTES;
  }

  get left(): number {
    return this.bytes.length - this.pos;
  }

  /** Stream offset of the next unread byte. */
  get here(): number {
    return this.offset + this.pos;
  }

  /** The next line without its CR LF or LF, or null when it is not all there yet. */
  line(): string | null {
    if (this.partial === "") this.#begin();
    const feed = this.bytes.indexOf(10, this.pos);
    if (feed < 0) {
      this.#stash();
      return null;
    }
    const isCr = feed > this.pos && this.bytes[feed - 1] === 13;
    let text = latin1(this.bytes, this.pos, isCr ? feed - 1 : feed);
    if (this.partial !== "") {
      text = this.partial + text;
      this.forget();
      if (!isCr && text.endsWith("\r")) text = text.slice(0, -1);
    }
    this.pos = feed + 1;
    return text;
  }

  /** The unfinished line is of no use any more. */
  forget(): void {
    this.partial = "";
    this.#allowance.give(this.#taken);
    this.#taken = 0;
  }

  #begin(): void {
    this.lineStart = this.here;
    this.lineAt = this.at;
    this.lineAcked = this.acked;
  }

  #stash(): void {
    const size = Math.min(this.left, MAX_LINE - this.partial.length);
    if (size > 0 && this.#allowance.take(size)) {
      this.#taken += size;
      this.partial += latin1(this.bytes, this.pos, this.pos + size);
    }
    this.pos = this.bytes.length;
  }
}
