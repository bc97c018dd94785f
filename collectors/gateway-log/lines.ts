// Cuts a byte stream into text lines, because most gateways log one record a line.
import type { Parsed } from "../../src/model/parsed.ts";
import { parsed, weird } from "../../src/model/parsed.ts";
import { ByteHold } from "./byte-hold.ts";
import type { RecordSplitter } from "./framing.ts";

// Stops a binary file fed by mistake from growing one endless line; gateways cut their own records far below this.
const MAX_LINE = 1_048_576;
const LF = 0x0a;
const CR = 0x0d;
const BOM = "\uFEFF";

/*
  stream = [BOM] *( line LF ) [line]     UTF-8; a CR before LF is not part of the line
  line   = *NUL *OCTET                   NULs in front are what truncating a log while it is written leaves behind
  Empty lines are no records. A line over MAX_LINE is one weird, whatever follows its LF is read again.
*/
/** Text lines of a UTF-8 stream. Weirds: `lines.too-long`. */
export class LineSplitter implements RecordSplitter {
  readonly #hold = new ByteHold();
  #tooLong = false;
  #first = true;

  get peakHeld(): number {
    return this.#hold.peak;
  }

  push(chunk: Uint8Array): readonly Parsed<string>[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const records: Parsed<string>[] = [];
    let from = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, from)) {
      this.#finish(bytes.subarray(from, end), records);
      from = end + 1;
    }
    if (from < bytes.length) this.#keep(bytes.subarray(from));
    return records;
  }

  end(): readonly Parsed<string>[] {
    const records: Parsed<string>[] = [];
    if (this.#tooLong || this.#hold.length > 0) this.#finish(Buffer.alloc(0), records);
    return records;
  }

  #keep(piece: Buffer): void {
    const rest = this.#hold.length === 0 ? withoutPadding(piece) : piece;
    if (this.#tooLong || rest.length === 0) return;
    if (this.#hold.length + rest.length > MAX_LINE) {
      this.#tooLong = true;
      this.#hold.clear();
    } else {
      this.#hold.append(rest);
    }
  }

  #finish(piece: Buffer, records: Parsed<string>[]): void {
    const line = this.#lineOf(piece);
    this.#tooLong = false;
    this.#hold.clear();
    if (line === undefined) records.push(weird("lines.too-long"));
    else if (line !== "") records.push(parsed(line));
  }

  #lineOf(piece: Buffer): string | undefined {
    if (this.#tooLong) return undefined;
    let text: string;
    if (this.#hold.length === 0) {
      const line = withoutPadding(piece);
      if (line.length > MAX_LINE) return undefined;
      text = line.toString("utf8", 0, line.at(-1) === CR ? line.length - 1 : line.length);
    } else {
      this.#keep(piece);
      if (this.#tooLong) return undefined;
      text = this.#hold.takeText();
      if (text.endsWith("\r")) text = text.slice(0, -1);
    }
    if (!this.#first) return text;
    this.#first = false;
    return text.startsWith(BOM) ? text.slice(1) : text;
  }
}

function withoutPadding(piece: Buffer): Buffer {
  if (piece[0] !== 0) return piece;
  let from = 0;
  while (piece[from] === 0) from++;
  return piece.subarray(from);
}
