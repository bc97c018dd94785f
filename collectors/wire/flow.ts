// The contract between TCP reassembly and the protocols above it: bytes of both directions in order, with evidence.
import type { EncryptedFlow } from "../../src/model/encrypted-flow.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import type { Weird } from "../../src/model/parsed.ts";
import type { StreamUpdate } from "../../src/model/stream-facts.ts";

/** 0 = client to server, 1 = server to client. */
export type Side = 0 | 1;

/** Where a decoder puts what it found. Calls are synchronous; nothing here waits. */
export interface WireSink {
  exchange(exchange: Exchange): void;
  /** A connection whose content stayed closed, told when it ended. */
  flow?(flow: EncryptedFlow): void;
  /** What came of a stream after its exchange was told; absent where nobody asks. */
  stream?(update: StreamUpdate): void;
  weird(weird: Weird): void;
  /** Adds `by` (default 1) to a capture-health counter. */
  count(counter: string, by?: number): void;
}

/** Bytes delivered once, in order, per direction. */
export interface Segment {
  readonly side: Side;
  /** Valid during the call only: whoever keeps some of it copies it. */
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch, capture clock, of the packet that completed these bytes. */
  readonly at: number;
  /** Offset of the first byte in its direction; 0 = first byte known. Gaps advance it. */
  readonly offset: number;
  /** Offset in the other direction up to which the sender of these bytes had acknowledged, or -1 when unknown. */
  readonly acked: number;
}

/** One application protocol on one connection. Never throws, never grows without bound. */
export interface FlowDecoder {
  data(segment: Segment): void;
  /** `length` bytes of `side` are missing at `offset` and will not come. */
  gap(side: Side, offset: number, length: number, at: number): void;
  /** No more bytes of this side. */
  end(side: Side, at: number, how: "fin" | "rst" | "idle" | "evicted" | "capture-end"): void;
  /** About how many bytes of memory it holds now, its objects included: asked for after every segment. */
  readonly weight: number;
}

/** The two ends of a connection, for decoders that build exchanges. */
export interface FlowEnds {
  readonly client: { readonly address: string; readonly port: number };
  readonly server: { readonly address: string; readonly port: number };
  /** Picked up in the middle: what came before was not heard. */
  readonly midstream: boolean;
  /** Whether any packet of that side was captured so far; absent where the way in cannot tell. */
  readonly heard?: (side: Side) => boolean;
}
