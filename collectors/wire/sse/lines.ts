// Cuts streamed text into lines as its bytes arrive, each with the time it was complete.

export interface TimedLine {
  readonly text: string;
  /** Milliseconds since the epoch, capture clock, of its last byte. */
  readonly at: number;
  /** True when the line was longer than what is kept of it. */
  readonly cut: boolean;
}

export interface LineSplitter {
  push(bytes: Uint8Array, at: number): readonly TimedLine[];
  /** The last line, when it was not ended. */
  end(): readonly TimedLine[];
}

// As much as is kept of a body: one event or record larger than that is cut there too.
const MAX_LINE = 65_536;

const LF = 10;
const CR = 13;

/** `endings`: "lf" for NDJSON (a CR before it is dropped), "any" for server-sent events: CR, LF or both. */
export function createLineSplitter(endings: "lf" | "any"): LineSplitter {
  return new Splitter(endings);
}

class Splitter implements LineSplitter {
  private readonly any: boolean;
  private readonly utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  private held = Buffer.alloc(0);
  private length = 0;
  private cut = false;
  private afterCr = false;
  private lastAt = 0;

  constructor(endings: "lf" | "any") {
    this.any = endings === "any";
  }

  push(bytes: Uint8Array, at: number): readonly TimedLine[] {
    const lines: TimedLine[] = [];
    let from = 0;
    for (let to = 0; to < bytes.length; to++) {
      const byte = bytes[to];
      const isCr = byte === CR && this.any;
      const ends = byte === LF || isCr;
      if (ends && !(byte === LF && this.afterCr)) {
        this.keep(bytes.subarray(from, to));
        lines.push(this.take(at));
      }
      if (ends) from = to + 1;
      this.afterCr = isCr;
    }
    this.keep(bytes.subarray(from));
    this.lastAt = at;
    return lines;
  }

  end(): readonly TimedLine[] {
    return this.length === 0 ? [] : [this.take(this.lastAt)];
  }

  private keep(bytes: Uint8Array): void {
    const room = MAX_LINE - this.length;
    if (bytes.length > room) this.cut = true;
    const kept = bytes.subarray(0, room);
    if (this.length + kept.length > this.held.length) {
      const grown = Buffer.alloc(Math.min(MAX_LINE, (this.length + kept.length) * 2));
      grown.set(this.held.subarray(0, this.length));
      this.held = grown;
    }
    this.held.set(kept, this.length);
    this.length += kept.length;
  }

  private take(at: number): TimedLine {
    const bytes = this.held.subarray(0, this.length);
    const dropCr = !this.any && bytes.at(-1) === CR;
    const line = { text: this.utf8.decode(dropCr ? bytes.subarray(0, -1) : bytes), at, cut: this.cut };
    this.length = 0;
    this.cut = false;
    return line;
  }
}
