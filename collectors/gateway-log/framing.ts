// The contract of a framing: bytes in any cuts become the text of whole records.
import type { Parsed } from "../../src/model/parsed.ts";

/** A framing without I/O. Where the bytes were cut into chunks never changes what comes out. */
export interface RecordSplitter {
  push(chunk: Uint8Array): readonly Parsed<string>[];
  /** The input ended: the last record, or what was left half-said. */
  end(): readonly Parsed<string>[];
  /** The most bytes of one record ever held between chunks. */
  readonly peakHeld: number;
}
