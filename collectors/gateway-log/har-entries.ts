// Hands out the members of log.entries of a HAR document one by one, because a HAR may be larger than memory.
import type { Parsed } from "../../src/model/parsed.ts";
import { parsed, weird } from "../../src/model/parsed.ts";
import { ByteHold } from "./byte-hold.ts";
import type { RecordSplitter } from "./framing.ts";
import { JsonScanner } from "./json-scanner.ts";

// Entries carry whole bodies, in base64 a third larger; browsers keep far less than this of one response.
const MAX_ENTRY = 64 * 1_048_576;
// Longer than the two names looked for, quotes included; longer names only need to differ.
const MAX_NAME = 16;

const [QUOTE, COLON, COMMA] = [0x22, 0x3a, 0x2c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const SPACE = 0x20;

/** What is being done with the value under the scanner, or "walk" between values. */
type Activity = "walk" | "name" | "skip" | "entry";

/*
  HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/)
    document = { …, "log": { …, "entries": [ entry, … ], … }, … }
  Levels: 0 outside the document, 1 in its object, 2 in "log", 3 in "entries".
*/
/**
 * The JSON text of each entry, in order. Weirds: `har-entries.too-large`, `har-entries.not-object`, `har-entries.cut`,
 * `har-entries.no-entries`.
 */
export class HarSplitter implements RecordSplitter {
  readonly #scanner = new JsonScanner();
  readonly #hold = new ByteHold();
  #activity: Activity = "walk";
  #level: 0 | 1 | 2 | 3 = 0;
  #name = "";
  #key = "";
  #scalar = false;
  #tooLarge = false;
  #found: "nothing" | "log" | "entries" = "nothing";
  #records: Parsed<string>[] = [];

  /** How far into a HAR document the bytes so far have led. */
  get found(): "nothing" | "log" | "entries" {
    return this.#found;
  }

  get peakHeld(): number {
    return this.#hold.peak;
  }

  push(chunk: Uint8Array): readonly Parsed<string>[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#records = [];
    let at = 0;
    while (at < bytes.length) at = this.#activity === "walk" ? this.#walk(bytes, at) : this.#scan(bytes, at);
    return this.#records;
  }

  end(): readonly Parsed<string>[] {
    if (this.#found !== "entries") return [weird("har-entries.no-entries")];
    const whole = this.#level === 0 && this.#activity === "walk";
    return whole ? [] : [weird("har-entries.cut")];
  }

  #walk(bytes: Buffer, at: number): number {
    const byte = bytes[at] ?? SPACE;
    if (byte <= SPACE) return at + 1;
    if (this.#level === 3) return this.#walkEntries(byte, at);
    return this.#level === 0 ? this.#walkOutside(byte, at) : this.#walkObject(byte, at);
  }

  #walkOutside(byte: number, at: number): number {
    if (byte === OPEN_OBJECT) this.#level = 1;
    if (byte === OPEN_ARRAY || byte === QUOTE) return this.#begin("skip", at);
    return at + 1;
  }

  #walkObject(byte: number, at: number): number {
    switch (byte) {
      case QUOTE:
        this.#name = "";
        return this.#begin("name", at);
      case COLON:
        this.#key = this.#name;
        return at + 1;
      case COMMA:
        this.#key = "";
        return at + 1;
      case CLOSE_OBJECT:
        this.#level = this.#level === 2 ? 1 : 0;
        return at + 1;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        return this.#descend(byte, at);
      default:
        return at + 1;
    }
  }

  #descend(byte: number, at: number): number {
    if (this.#level === 1 && this.#key === '"log"' && byte === OPEN_OBJECT) {
      this.#level = 2;
      if (this.#found === "nothing") this.#found = "log";
    } else if (this.#level === 2 && this.#key === '"entries"' && byte === OPEN_ARRAY) {
      this.#level = 3;
      this.#found = "entries";
    } else {
      return this.#begin("skip", at);
    }
    this.#key = "";
    return at + 1;
  }

  #walkEntries(byte: number, at: number): number {
    if (byte === OPEN_OBJECT) return this.#begin("entry", at);
    if (byte === COMMA || byte === CLOSE_ARRAY) {
      if (byte === CLOSE_ARRAY) this.#level = 2;
      this.#scalar = false;
      return at + 1;
    }
    if (!this.#scalar) this.#records.push(weird("har-entries.not-object"));
    this.#scalar = true;
    return byte === QUOTE || byte === OPEN_ARRAY ? this.#begin("skip", at) : at + 1;
  }

  #begin(activity: Activity, at: number): number {
    this.#activity = activity;
    this.#scanner.reset();
    return at;
  }

  #scan(bytes: Buffer, from: number): number {
    const end = this.#scanner.scan(bytes, from);
    const to = end === -1 ? bytes.length : end;
    if (this.#activity === "entry") this.#entry(bytes.subarray(from, to), end !== -1);
    if (this.#activity === "name" && this.#name.length < MAX_NAME) {
      this.#name += bytes.toString("latin1", from, Math.min(to, from + MAX_NAME));
    }
    if (end !== -1) this.#activity = "walk";
    return to;
  }

  #entry(piece: Buffer, finished: boolean): void {
    if (this.#hold.length + piece.length > MAX_ENTRY) {
      this.#tooLarge = true;
      this.#hold.clear();
    }
    const direct = finished && this.#hold.length === 0;
    if (!this.#tooLarge && !direct) this.#hold.append(piece);
    if (!finished) return;
    if (this.#tooLarge) this.#records.push(weird("har-entries.too-large"));
    else this.#records.push(parsed(direct ? piece.toString("utf8") : this.#hold.takeText()));
    this.#tooLarge = false;
  }
}
