// Finds the next frame boundary after bytes were lost, or in a connection picked up in the middle.
import { ByteBuffer } from "./byte-buffer.ts";
import { CHAIN, chainAt } from "./frames.ts";
import type { Chain } from "./frames.ts";

export interface Found {
  /** From the boundary on, as they came; empty when there is none yet. */
  readonly chunks: readonly { readonly bytes: Uint8Array; readonly at: number }[];
  /** Bytes given up. */
  readonly skipped: number;
}

/**
 * Holds bytes until a chain of frames proves a boundary. Candidates have usual lengths (16 KiB), so a chain is judged
 * within 48 KiB; that bounds what is held.
 */
export class FrameSearch {
  private readonly held = new ByteBuffer();
  /** How many bytes were given up before `held`. */
  private base = 0;
  /** Where each arrival begins, given-up bytes included; the first one covers the start of `held`. */
  private marks: { readonly offset: number; readonly at: number }[] = [];
  /** True while position 0 of `held` is where bytes began to come: senders mostly start a segment with a frame. */
  private atStart = true;

  get size(): number {
    return this.held.size;
  }

  get length(): number {
    return this.held.length;
  }

  push(bytes: Uint8Array, at: number): void {
    if (this.marks.at(-1)?.at !== at) this.marks.push({ offset: this.base + this.held.length, at });
    this.held.append(bytes);
  }

  find(): Found {
    return this.scan(({ headers, ends }) => (ends === "broken" ? "no" : headers === CHAIN ? "yes" : "wait"));
  }

  /** Nothing will follow what is held: two headers suffice, or one frame that fits exactly where bytes began to come. */
  finish(): Found {
    return this.scan(({ headers, ends }, position) => {
      const single = headers === 1 && ends === "exact" && this.atStart && position === 0;
      return ends !== "broken" && (headers > 1 || single) ? "yes" : "no";
    });
  }

  private scan(judge: (chain: Chain, position: number) => "yes" | "no" | "wait"): Found {
    const bytes = this.held.view();
    for (let position = 0; position < bytes.length; position++) {
      const verdict = judge(chainAt(bytes, position), position);
      if (verdict === "yes") return { chunks: this.take(position), skipped: position };
      if (verdict === "wait") return { chunks: [], skipped: this.skip(position) };
    }
    return { chunks: [], skipped: this.skip(bytes.length) };
  }

  private take(position: number): Found["chunks"] {
    const bytes = this.held.view().slice();
    const from = this.base + position;
    const chunks = this.marks.map(({ offset, at }, index) => {
      const end = (this.marks[index + 1]?.offset ?? Infinity) - this.base;
      return { bytes: bytes.subarray(Math.max(offset, from) - this.base, Math.max(0, end)), at };
    });
    this.begin();
    return chunks.filter((chunk) => chunk.bytes.length > 0);
  }

  private skip(count: number): number {
    if (count === 0) return 0;
    this.atStart = false;
    this.held.drop(count);
    this.base += count;
    if (this.held.length === 0) this.marks = [];
    for (let next = this.marks[1]; next !== undefined && next.offset <= this.base; next = this.marks[1]) {
      this.marks.shift();
    }
    return count;
  }

  /** Bytes begin anew, as behind a gap; what was held is forgotten. */
  begin(): void {
    this.held.clear();
    this.base = 0;
    this.marks = [];
    this.atStart = true;
  }
}
