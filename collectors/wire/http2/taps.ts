// Counts the frames of streams that stream, while they are live and after they were told, when nothing else of them is kept.
import type { Exchange } from "../../../src/model/exchange.ts";
import type { Side, WireSink } from "../flow.ts";
import { PAUSE_MS } from "../stream/kinds.ts";
import { lateTapOf, tapOf, tellStream } from "../stream/tap.ts";
import type { StreamTap } from "../stream/tap.ts";
import type { Half, Stream } from "./stream.ts";

// As many told streams as clients commonly leave open on one connection; the oldest is let go for the next.
const MAX_FOLLOWED = 64;

type Both = readonly [StreamTap | null, StreamTap | null];

export class Taps {
  readonly #told = new Map<number, Both>();
  readonly #sink: WireSink;
  #weight = 0;

  constructor(sink: WireSink) {
    this.#sink = sink;
  }

  get weight(): number {
    return this.#weight;
  }

  /** The head of this half is known. `from`: 0 = whoever asks. */
  open(half: Half, from: Side): void {
    if (half.ended || half.head === null) return;
    this.#set(half, tapOf(half.head.headers, from));
    half.mayStream = half.tap === null && from === 1;
  }

  /** Bytes of a body of a live stream, which keeps them. */
  data(half: Half, bytes: Uint8Array, at: number): void {
    if (half.mayStream && half.body.size > 0 && at - (half.endedAt ?? at) >= PAUSE_MS) this.#pause(half);
    half.tap?.push(bytes, at);
    half.body.push(bytes);
  }

  /** It came with a pause: how it began tells whether it is a stream. */
  #pause(half: Half): void {
    half.mayStream = false;
    const { head, body, endedAt } = half;
    if (body.whole && head !== null) this.#set(half, lateTapOf(head.headers, body.begun, endedAt ?? 0));
  }

  #set(half: Half, tap: StreamTap | null): void {
    half.tap = tap;
    this.#weight += tap?.weight ?? 0;
  }

  /** The exchange of a stream that is told now, with how it streamed; what goes on is followed. */
  tell(stream: Stream, exchange: Exchange | null): Exchange | null {
    const both: Both = [stream.request.tap, stream.response.tap];
    if (both[0] === null && both[1] === null) return exchange;
    const goesOn = stream.continued && exchange !== null;
    if (!goesOn) this.#close(both);
    const facts = tellStream(both, this.#sink);
    if (goesOn) this.#follow(stream.id, both);
    return exchange === null || facts === undefined ? exchange : { ...exchange, stream: facts };
  }

  #follow(id: number, both: Both): void {
    const [oldest] = this.#told.keys();
    if (oldest !== undefined && this.#told.size >= MAX_FOLLOWED) this.end(oldest);
    this.#told.set(id, both);
  }

  follows(id: number): boolean {
    return this.#told.has(id);
  }

  /** Bytes of a stream that is followed; null: some are missing. */
  followed(id: number, from: Side, bytes: Uint8Array | null, at: number): void {
    const tap = this.#told.get(id)?.[from];
    if (bytes === null) tap?.gap();
    else tap?.push(bytes, at);
  }

  /** The server said its last, or the stream was reset. */
  end(id: number): void {
    const both = this.#told.get(id);
    if (both !== undefined) this.#close(both);
    this.#told.delete(id);
  }

  endAll(): void {
    for (const id of this.#told.keys()) this.end(id);
  }

  #close(both: Both): void {
    for (const tap of both) {
      tap?.end();
      this.#weight -= tap?.weight ?? 0;
    }
  }
}
