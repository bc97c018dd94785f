// Inflates a streamed body piece by piece: whoever streams what is compressed flushes it, and every flush leaves a mark.
import type { DeflateAgreement } from "../websocket/inflate.ts";
import { MessageInflater } from "../websocket/inflate.ts";

// A flush ends with an empty stored block (RFC 1951, section 3.2.4), and RFC 7692 made the format of messages of it.
const MARK = Buffer.from([0, 0, 0xff, 0xff]);

// What is flushed at a time is an event or some; who holds back more than this does not stream.
const MAX_HELD = 65_536;

const SAME_WINDOW: DeflateAgreement = { noContextTakeover: false };

/** null: the coding cannot be undone piece by piece here. */
export function createUnpacker(encoding: string): Unpacker | null {
  const coding = encoding.trim().toLowerCase();
  if (coding === "gzip" || coding === "x-gzip") return new Unpacker(gzipHeader);
  return coding === "deflate" ? new Unpacker(zlibHeader) : null;
}

/** One body. Gives what was inflated by each piece, null once it cannot be read on. */
export class Unpacker {
  readonly #headerLength: (bytes: Buffer) => number | null;
  readonly #inflater = new MessageInflater(SAME_WINDOW);
  #held: Buffer = Buffer.alloc(0);
  #isInBody = false;
  #failed = false;

  constructor(headerLength: (bytes: Buffer) => number | null) {
    this.#headerLength = headerLength;
  }

  push(bytes: Uint8Array): Buffer | null {
    if (this.#failed) return null;
    this.#held = Buffer.concat([this.#held, bytes]);
    if (!this.#isInBody) this.#skipHeader();
    const end = this.#isInBody ? this.#held.lastIndexOf(MARK) : -1;
    if (end < 0) return this.#held.length > MAX_HELD ? this.#fail() : NOTHING;
    const flushed = this.#held.subarray(0, end);
    this.#held = Buffer.from(this.#held.subarray(end + MARK.length));
    return this.#inflate(flushed);
  }

  /** The last piece, which nothing was flushed behind. */
  end(): Buffer | null {
    if (this.#failed || !this.#isInBody || this.#held.length === 0) return null;
    return this.#inflate(this.#held);
  }

  #skipHeader(): void {
    const length = this.#headerLength(this.#held);
    if (length === null) return;
    this.#isInBody = true;
    this.#held = this.#held.subarray(length);
  }

  #inflate(bytes: Buffer): Buffer | null {
    const inflated = this.#inflater.inflate(bytes);
    return "bytes" in inflated ? Buffer.from(inflated.bytes) : this.#fail();
  }

  #fail(): null {
    this.#failed = true;
    this.#held = NOTHING;
    return null;
  }
}

const NOTHING = Buffer.alloc(0);

/*
  GZIP member (RFC 1952, section 2.3)
    ID 16 = 1f 8b, CM 8, FLG 8, MTIME 32, XFL 8, OS 8
    [XLEN 16, that many bytes]  when FLG has bit 2
    [name, zero-terminated]     bit 3
    [comment, zero-terminated]  bit 4
    [CRC 16]                    bit 1
*/
function gzipHeader(bytes: Buffer): number | null {
  if (bytes.length < 10) return null;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) {
    if (bytes.length < at + 2) return null;
    at += 2 + bytes.readUInt16LE(at);
  }
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  return bytes.length < at ? null : at;
}

/** zlib (RFC 1950, section 2.2): CMF 8, FLG 8. Some leave it out, as HTTP's "deflate" was once misread. */
function zlibHeader(bytes: Buffer): number | null {
  if (bytes.length < 2) return null;
  return ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0 ? 2 : 0;
}
