// A body that came compressed and is inflated when somebody reads it: of busy endpoints most bodies are only counted.
import type { Body, ExchangeFlag } from "../../src/model/exchange.ts";
import { type Content, decodeContent } from "../../src/digest/content-coding.ts";

type Recorded = Extract<Body, { kind: "recorded" }>;

export interface Packed {
  /** As sent, copies of our own. */
  readonly bytes: Buffer;
  /** Content-Encoding. */
  readonly encoding: string;
  readonly size: number;
  /** Nothing of what was sent is missing. */
  readonly complete: boolean;
  /** Of the exchange: what went wrong is added when it shows, unless a cut explains it. */
  readonly flags: ExchangeFlag[];
}

/** Class because of speed: object literals with getters are ten times as dear. */
export class PackedBody implements Recorded {
  readonly kind = "recorded";
  readonly size: number;
  readonly #packed: Packed;
  #content: Content | null = null;

  constructor(packed: Packed) {
    this.size = packed.size;
    this.#packed = packed;
  }

  get bytes(): Uint8Array {
    return this.#read().bytes;
  }

  get complete(): boolean {
    return this.#packed.complete && this.#read().trouble === "none";
  }

  #read(): Content {
    if (this.#content !== null) return this.#content;
    const { bytes, encoding, complete, flags } = this.#packed;
    const content = decodeContent(bytes, encoding);
    if (content.trouble === "limit" || (content.trouble === "error" && complete)) {
      addOnce(flags, FLAGS[content.trouble]);
    }
    this.#content = content;
    return content;
  }
}

const FLAGS = { error: "encoding-error", limit: "encoding-limit" } as const;

function addOnce(flags: ExchangeFlag[], flag: ExchangeFlag): void {
  if (!flags.includes(flag)) flags.push(flag);
}

/** Reads the bodies, so that the flags tell everything that can be told. */
export function lookInto(...bodies: readonly Body[]): void {
  for (const body of bodies) if (body.kind === "recorded") void body.bytes;
}
