// Cuts streamed text into what was sent at a time as it arrives: server-sent events, lines, items of a JSON array.
import { LineCutter } from "./lines.ts";

export interface StreamEvent {
  /** The `event` field of a server-sent event; "" where there was none. */
  readonly type: string;
  /** `data` lines joined by line feeds, or a line, as far as kept; null for an event without data and for items. */
  readonly text: string | null;
  /** Characters of it, kept or not. */
  readonly size: number;
  /** false: the stream was cut within it. */
  readonly complete: boolean;
}

type OnEvent = (event: StreamEvent) => void;

/** One stream. Cutting its text anywhere gives the same events. */
export interface TextSplitter {
  push(text: string, event: OnEvent): void;
  /** Nothing follows; `isComplete`: because it was over. */
  end(isComplete: boolean, event: OnEvent): void;
}

/** `keep`: characters kept of a line; who only counts needs no more than names of fields take. */
export const NAMES_ONLY = 16;

export const splitters = {
  events: (keep: number): TextSplitter => new EventSplitter(keep),
  lines: (keep: number): TextSplitter => new RecordSplitter(keep),
  items: (): TextSplitter => new ItemSplitter(),
};

// A piece at a time, so that a flood of tiny events is cut no further than wanted.
const PIECE = 16_384;

/** Up to `most` events of a text. */
export function eventsIn(
  kind: "events" | "lines",
  { text, complete }: { readonly text: string; readonly complete: boolean },
  most: number,
): readonly StreamEvent[] {
  const splitter = splitters[kind](Infinity);
  const found: StreamEvent[] = [];
  const add: OnEvent = (event) => void (found.length < most && found.push(event));
  for (let at = 0; at < text.length && found.length < most; at += PIECE)
    splitter.push(text.slice(at, at + PIECE), add);
  splitter.end(complete, add);
  return found;
}

/*
  Event stream (WHATWG HTML, section 9.2.6): lines ended by CR, LF or CRLF, a BOM first at most
    ":" comment                          ignored
    field ":" [" "] value, or field      others than these are ignored, too
    empty line                           ends an event
  An event that no empty line ended does not count there. Here it does, as streams are cut.
*/
class EventSplitter implements TextSplitter {
  readonly #lines: LineCutter;
  #isFirst = true;
  #type = "";
  #data: string | null = null;
  #size = 0;

  constructor(keep: number) {
    this.#lines = new LineCutter("any", keep);
  }

  push(text: string, event: OnEvent): void {
    this.#lines.push(text, (line, size) => this.#line(line, size, event));
  }

  end(isComplete: boolean, event: OnEvent): void {
    this.#lines.end((line, size) => this.#line(line, size, event));
    this.#dispatch(isComplete, event);
  }

  #line(held: string, size: number, event: OnEvent): void {
    const line = this.#isFirst ? held.replace(BOM, "") : held;
    this.#isFirst = false;
    if (line === "") return this.#dispatch(true, event);
    const colon = line.indexOf(":");
    const from = line[colon + 1] === " " ? colon + 2 : colon + 1;
    const value = colon < 0 ? "" : line.slice(from);
    const field = colon < 0 ? line : line.slice(0, colon);
    if (field === "event") this.#type = value;
    else if (field === "data") this.#add(value, colon < 0 ? 0 : size - held.length + value.length);
  }

  #add(value: string, size: number): void {
    this.#size += this.#data === null ? size : size + 1;
    this.#data = this.#data === null ? value : `${this.#data}\n${value}`;
  }

  #dispatch(complete: boolean, event: OnEvent): void {
    const told = { type: this.#type, text: this.#data, size: this.#size, complete };
    this.#type = "";
    this.#data = null;
    this.#size = 0;
    if (told.text !== null || told.type !== "") event(told);
  }
}

/** As UTF-8 read it, or one character a byte. */
const BOM = /^(?:\uFEFF|\u00EF\u00BB\u00BF)/;

/*
  JSON lines: one value a line, the last one needs no end; RFC 7464 (json-seq) puts 0x1E before each. Empty lines are none.
*/
class RecordSplitter implements TextSplitter {
  readonly #lines: LineCutter;

  constructor(keep: number) {
    this.#lines = new LineCutter("lf", keep);
  }

  push(text: string, event: OnEvent): void {
    this.#lines.push(text, (line, size) => record(line, size, { complete: true, event }));
  }

  end(complete: boolean, event: OnEvent): void {
    this.#lines.end((line, size) => record(line, size, { complete, event }));
  }
}

const SEPARATOR = "\u001E";

function record(
  line: string,
  size: number,
  { complete, event }: { readonly complete: boolean; readonly event: OnEvent },
): void {
  const text = line.slice(line.startsWith(SEPARATOR) ? 1 : 0, line.endsWith("\r") ? -1 : undefined);
  if (/\S/.test(text)) event({ type: "", text, size: size - line.length + text.length, complete });
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/*
  RFC 8259, section 5: array = "[" [ value *( "," value ) ] "]". What is within a value is only followed as far as it takes
  to see where it ends.
*/
class ItemSplitter implements TextSplitter {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Characters of the item at hand, spaces between its parts aside; 0 between two. */
  #size = 0;
  #isOver = false;

  push(text: string, event: OnEvent): void {
    for (let at = 0; at < text.length && !this.#isOver; at++) {
      const code = text.charCodeAt(at);
      if (this.#isInString) this.#string(code);
      else if (code > 0x20) this.#token(code, event);
    }
  }

  end(complete: boolean, event: OnEvent): void {
    if (this.#size > 0) event({ type: "", text: null, size: this.#size, complete });
    this.#size = 0;
  }

  #string(code: number): void {
    this.#size++;
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInString = false;
  }

  #token(code: number, event: OnEvent): void {
    const isClosing = code === 0x5d || code === 0x7d;
    if (this.#depth === 0) this.#isOver = code !== 0x5b;
    else if (this.#depth === 1 && (isClosing || code === 0x2c)) {
      this.#tell(event);
      this.#isOver = isClosing;
    } else this.#size++;
    if (code === QUOTE) this.#isInString = true;
    else if (isClosing) this.#close(event);
    else if (code === 0x5b || code === 0x7b) this.#depth++;
  }

  #close(event: OnEvent): void {
    this.#depth--;
    if (this.#depth === 1) this.#tell(event);
  }

  #tell(event: OnEvent): void {
    if (this.#size > 0) event({ type: "", text: null, size: this.#size, complete: true });
    this.#size = 0;
  }
}
