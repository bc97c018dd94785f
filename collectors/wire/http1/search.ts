// The search for the next message in a stream whose thread was lost.
import { latin1 } from "../bytes.ts";
import type { Window } from "./lines.ts";
import type { Message, ReaderOwner } from "./message.ts";

/** After this many bytes of search only beginnings of segments are looked at: heads nearly always begin one. */
const MAX_SEARCH = 65_536;
/** A first line that is longer is not worth waiting for. */
const MAX_LINE = 16_384;

/** Looks at beginnings of lines and of segments. */
export class Search {
  readonly #owner: Pick<ReaderOwner<{ message: Message }>, "count" | "couldStart" | "isSureStart">;
  #searched = 0;
  #isLineStart = true;

  constructor(owner: Pick<ReaderOwner<{ message: Message }>, "count" | "couldStart" | "isSureStart">) {
    this.#owner = owner;
  }

  restart(): void {
    this.#searched = 0;
  }

  /** A new segment begins. */
  segment(): void {
    this.#isLineStart = true;
  }

  /** Moves on by a line; gives it when it certainly begins a message. */
  next(window: Window): string | null {
    const begin = window.pos;
    if (begin === 0 && window.partial !== "" && this.#isFresh(window)) window.forget();
    const isWorth = this.#isLineStart && this.#owner.couldStart(window.bytes, window.pos);
    const line = window.partial !== "" || isWorth ? this.#line(window) : this.#skipLine(window);
    if (line !== null && this.#owner.isSureStart(line)) return line;
    if (this.#searched > MAX_SEARCH) window.pos = window.bytes.length;
    this.#searched += window.pos - begin;
    this.#owner.count("http1.skipped-bytes", window.pos - begin);
    return null;
  }

  /** What looked like the beginning of a line was none: the segment itself begins a message. */
  #isFresh({ bytes }: Window): boolean {
    const feed = this.#owner.couldStart(bytes, 0) ? bytes.indexOf(10) : -1;
    return feed > 0 && this.#owner.isSureStart(latin1(bytes, 0, bytes[feed - 1] === 13 ? feed - 1 : feed));
  }

  #line(window: Window): string | null {
    const line = window.line();
    this.#isLineStart = line !== null;
    if (window.partial.length > MAX_LINE) window.forget();
    return line;
  }

  #skipLine(window: Window): null {
    const feed = window.bytes.indexOf(10, window.pos);
    this.#isLineStart = feed >= 0;
    window.pos = feed < 0 ? window.bytes.length : feed + 1;
    return null;
  }
}
