// Reads one direction of an HTTP/1 connection: heads, bodies, holes, and the search for the next message after a loss.
import { asBuffer, NO_BYTES } from "../bytes.ts";
import type { Segment } from "../flow.ts";
import { chunkSize } from "./chunk-size.ts";
import type { Framing } from "./framing.ts";
import { Window } from "./lines.ts";
import type { Message, ReaderOwner, ReaderState } from "./message.ts";
import { Search } from "./search.ts";

/** A first line longer than this is cut off. */
const MAX_START = 16_384;

export class MessageReader<M extends { readonly message: Message }> {
  readonly window: Window;
  readonly #owner: ReaderOwner<M>;
  #state: ReaderState = "start";
  #begun: M | null = null;
  #left = 0;
  #otherwise: Framing = { kind: "none" };
  readonly #searching: Search;

  constructor(owner: ReaderOwner<M>, isMidstream: boolean) {
    this.#owner = owner;
    this.window = new Window(owner.allowance);
    this.#searching = new Search(owner);
    if (isMidstream) this.#state = "search";
  }

  /** A head has begun and not ended, or a first line has begun. */
  get isInHead(): boolean {
    return this.#state === "fields" || (this.#state === "start" && this.window.partial !== "");
  }

  get isOver(): boolean {
    return this.#state === "over";
  }

  /** Unread bytes of the current segment, for whoever takes over. */
  data(segment: Segment): void {
    this.window.open(asBuffer(segment.bytes), segment.offset, segment.at, segment.acked);
    this.#searching.segment();
    while (this.window.left > 0 && this.#state !== "over") this.#step();
    this.window.close();
  }

  #step(): void {
    switch (this.#state) {
      case "start":
        return this.#start();
      case "fields":
        return this.#field();
      case "length":
        return this.#counted();
      case "chunk-size":
        return this.#chunkSize();
      case "chunk":
        return this.#chunk();
      case "chunk-end":
        return this.#chunkEnd();
      case "trailers":
        return this.#trailer();
      case "close":
        return this.#body(this.window.left);
      default:
        return this.#search();
    }
  }

  /** Empty lines before a message are tolerated (RFC 9112, section 2.2). */
  #start(): void {
    const { window } = this;
    const first = window.bytes[window.pos]!;
    if (window.partial === "" && (first === 13 || first === 10)) {
      window.pos++;
      return;
    }
    if (window.partial === "" && !this.#owner.couldStart(window.bytes, window.pos)) return this.#lose();
    const line = window.line();
    if (line === null) {
      if (window.partial.length > MAX_START) this.#cutLine();
    } else if (!this.#open(line, false)) {
      this.#lose();
    }
  }

  /** A first line without end: what it asks for may still be told. */
  #cutLine(): void {
    const cut = this.window.partial.slice(0, MAX_START);
    this.window.forget();
    this.#owner.weird("http1.long-line");
    if (this.#open(cut, false)) this.gapInHead();
    else this.#lose();
  }

  #open(line: string, isFound: boolean): boolean {
    const { lineStart, lineAt, lineAcked } = this.window;
    const place = { offset: lineStart, at: lineAt, acked: lineAcked, isFound };
    const begun = this.#owner.start(line, place);
    if (begun === null) return false;
    if (this.#begun !== null) this.#finish(lineStart, true);
    this.#begun = begun;
    this.#state = "fields";
    return true;
  }

  #field(): void {
    const line = this.window.line();
    const begun = this.#begun;
    if (line === null || begun === null) return;
    if (line !== "") return begun.message.fields.add(line);
    begun.message.hasHead = true;
    this.#frame(this.#owner.head(begun, this.window));
  }

  #frame(framing: Framing | null): void {
    if (framing === null) {
      this.#finish(this.window.here, false);
      this.#state = "over";
    } else if (framing.kind === "length") {
      this.#left = framing.length;
      this.#begun?.message.body.expect(framing.length);
      this.#state = "length";
    } else if (framing.kind === "chunked") {
      this.#otherwise = framing.otherwise;
      this.#state = "chunk-size";
    } else if (framing.kind === "close") {
      this.#state = "close";
    } else {
      this.#finish(this.window.here, false);
    }
  }

  #body(length: number): void {
    const { window } = this;
    this.#begun?.message.addBody(window.bytes, window.pos, window.pos + length, window.at);
    window.pos += length;
  }

  #counted(): void {
    const length = Math.min(this.#left, this.window.left);
    this.#body(length);
    this.#left -= length;
    if (this.#left === 0) this.#finish(this.window.here, false);
  }

  #chunkSize(): void {
    const begin = this.window.pos;
    const wasWhole = this.window.partial === "";
    const line = this.window.line();
    if (line === null) return;
    const size = chunkSize(line);
    if (size >= 0) {
      this.#left = size;
      this.#state = size === 0 ? "trailers" : "chunk";
    } else {
      this.#notChunked(line, wasWhole ? begin : -1);
    }
  }

  /** What should be a chunk is none: the other reading of the head, when nothing was read as chunks yet. */
  #notChunked(line: string, begin: number): void {
    const { window } = this;
    this.#owner.weird("http1.chunk-size");
    const isFirst = this.#begun?.message.body.size === 0;
    if (!isFirst || begin < 0) {
      if (this.#begun !== null) this.#begun.message.isPartial = true;
      return this.#owner.isSureStart(line) ? void this.#open(line, false) : this.#lose();
    }
    window.pos = begin;
    window.forget();
    this.#frame(this.#otherwise);
  }

  #chunk(): void {
    const length = Math.min(this.#left, this.window.left);
    this.#body(length);
    this.#left -= length;
    if (this.#left === 0) this.#state = "chunk-end";
  }

  /** Without a line end behind the data, what follows is read as if there were one. */
  #chunkEnd(): void {
    const { window } = this;
    const byte = window.bytes[window.pos];
    if (byte === 13 || byte === 10) window.pos++;
    if (byte !== 13) this.#state = "chunk-size";
  }

  #trailer(): void {
    const line = this.window.line();
    if (line === null || this.#begun === null) return;
    if (line !== "") return this.#afterLastChunk(line);
    this.#finish(this.window.here, false);
  }

  /** Some senders leave out the empty line behind the last chunk. */
  #afterLastChunk(line: string): void {
    if (!this.#owner.isSureStart(line)) return this.#begun?.message.addTrailer(line);
    const { lineStart } = this.window;
    this.#finish(lineStart, false);
    this.#open(line, false);
  }

  #finish(end: number, isCut: boolean): void {
    const begun = this.#begun;
    if (begun === null) return;
    this.#begun = null;
    begun.message.finish(end, isCut, this.window.at, this.#owner);
    if (this.#state !== "over") this.#state = "start";
    if (this.#owner.done(begun)) this.#state = "over";
  }

  /** What was held back is HTTP/1 after all. */
  resume(): void {
    this.#state = "start";
  }

  /** What follows is no message: search for the next. */
  #lose(): void {
    this.#state = "search";
    this.#searching.restart();
    this.window.forget();
    this.#owner.count("http1.resyncs");
  }

  #search(): void {
    const line = this.#searching.next(this.window);
    if (line !== null) this.#open(line, true);
  }

  /** `length` bytes are missing here. */
  gap(offset: number, length: number, at: number): void {
    const end = offset + length;
    const message = this.#begun?.message;
    this.window.open(NO_BYTES, end, at, -1);
    if (this.#state === "close") return message?.skip(length);
    const isBody = this.#state === "length" || (this.#state === "chunk" && length <= this.#left);
    if (!isBody || message === undefined) return this.#gapElsewhere(offset, end);
    const taken = Math.min(length, this.#left);
    message.skip(taken);
    this.#left -= taken;
    if (this.#left === 0) this.#gapAtEnd(offset + taken, end);
  }

  /** A hole took the rest of a body, or more. */
  #gapAtEnd(offset: number, end: number): void {
    if (this.#state === "chunk") this.#state = "chunk-end";
    else this.#finish(offset, true);
    if (offset < end) this.#gapElsewhere(offset, end);
  }

  #gapElsewhere(offset: number, end: number): void {
    if (this.#state === "over") return;
    const isWithin = this.#begun !== null || this.#state === "search";
    if (this.#state === "fields") this.gapInHead();
    else if (this.#begun !== null) this.#begun.message.isPartial = true;
    if (this.#state === "trailers") this.#finish(offset, true);
    if (this.#state !== "search") this.#lose();
    this.window.forget();
    this.#owner.hole(end, isWithin);
  }

  /** The rest of a head is missing: what is known of it counts; where it ends does not. */
  gapInHead(): void {
    const begun = this.#begun;
    if (begun === null) return;
    begun.message.isPartial = true;
    this.#owner.head(begun, this.window);
    this.#lose();
  }

  /** The other side shows that whatever was read here ended at `offset`. */
  sync(offset: number): void {
    const isOpen = this.#state === "search" || this.#state === "close";
    if (!isOpen || this.window.here !== offset) return;
    this.#finish(offset, this.#state === "search");
    this.#state = "start";
  }

  /** Nothing more will come. `isClean`: closed by its sender. */
  end(isClean: boolean, at: number): void {
    this.window.at = Math.max(this.window.at, at);
    const state = this.#state;
    if (state === "fields" && this.#begun !== null) {
      const { message } = this.#begun;
      message.isPartial = message.fields.list.length > 0 || this.window.partial !== "";
      this.#owner.head(this.#begun, this.window);
    }
    this.#finish(-1, !(isClean && (state === "close" || state === "trailers")) && state !== "fields");
    this.#state = "over";
    this.window.forget();
  }
}
