// Cuts streamed bodies into events as they arrive: server-sent events and newline-delimited JSON.
import { createLineSplitter } from "./lines.ts";
import type { TimedLine } from "./lines.ts";

export interface StreamedEvent {
  /** The `event` field; "message" where none was sent, as browsers have it; "" for NDJSON. */
  readonly type: string;
  /** The `data` lines joined by line feeds, or the record. */
  readonly data: string;
  /** Milliseconds since the epoch, capture clock, of the byte that completed it. */
  readonly at: number;
  /** True when something of it was longer than what is kept. */
  readonly cut: boolean;
}

/** One body. Cutting its bytes anywhere gives the same events. */
export interface EventSplitter {
  push(bytes: Uint8Array, at: number): readonly StreamedEvent[];
  /** The body ended: what counts although nothing ended it. */
  end(): readonly StreamedEvent[];
}

// As much as is kept of a body.
const MAX_DATA = 65_536;

/*
  Event stream (WHATWG HTML, section 9.2): lines ended by CR, LF or CRLF, a BOM first at most
    ":" comment        ignored
    field ":" [" "] value, or field alone
    empty line         ends an event; without data it is none
  An event that no empty line ends does not count.
*/
export function createSseSplitter(): EventSplitter {
  const lines = createLineSplitter("any");
  const reader = new SseReader();
  return {
    push: (bytes, at) => lines.push(bytes, at).flatMap((line) => reader.line(line)),
    end: () => [],
  };
}

/** One record a line (ndjson.org); empty lines are none, and the last one needs no line feed. */
export function createNdjsonSplitter(): EventSplitter {
  const lines = createLineSplitter("lf");
  return {
    push: (bytes, at) => records(lines.push(bytes, at)),
    end: () => records(lines.end()),
  };
}

function records(lines: readonly TimedLine[]): StreamedEvent[] {
  return lines
    .filter(({ text }) => text.trim() !== "")
    .map(({ text, at, cut }) => ({ type: "", data: text, at, cut }));
}

class SseReader {
  private first = true;
  private type = "";
  private data: string | null = null;
  private cut = false;

  line({ text, at, cut }: TimedLine): readonly StreamedEvent[] {
    const line = this.first && text.startsWith("\uFEFF") ? text.slice(1) : text;
    this.first = false;
    if (line === "") return this.dispatch(at);
    if (cut) this.cut = true;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "event") this.type = value;
    else if (field === "data") this.add(value);
    return [];
  }

  private add(value: string): void {
    const joined = this.data === null ? value : `${this.data}\n${value}`;
    if (joined.length > MAX_DATA) this.cut = true;
    this.data = joined.slice(0, MAX_DATA);
  }

  private dispatch(at: number): readonly StreamedEvent[] {
    const { data, cut } = this;
    const type = this.type || "message";
    this.data = null;
    this.type = "";
    this.cut = false;
    return data === null ? [] : [{ type, data, at, cut }];
  }
}
