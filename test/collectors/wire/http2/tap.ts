// Two stream ends joined in memory with a tap between them, and a sink that writes down what a decoder tells.
import { Duplex } from "node:stream";
import type { FlowDecoder, FlowEnds, Side, WireSink } from "../../../../collectors/wire/flow.ts";
import type { Exchange } from "../../../../src/model/exchange.ts";

export interface Heard {
  readonly side: Side;
  readonly bytes: Uint8Array;
}

/** `ends[0]` is the client's socket, `ends[1]` the server's; `heard` grows as they talk. */
export function tappedPair(): { readonly ends: readonly [Duplex, Duplex]; readonly heard: Heard[] } {
  const heard: Heard[] = [];
  const make = (side: Side, other: () => Duplex) =>
    new Duplex({
      read() {},
      write(chunk: Uint8Array, _encoding, done) {
        heard.push({ side, bytes: Uint8Array.from(chunk) });
        other().push(Buffer.from(chunk));
        done();
      },
      final(done) {
        other().push(null);
        done();
      },
    });
  const ends: [Duplex, Duplex] = [make(0, () => ends[1]), make(1, () => ends[0])];
  return { ends, heard };
}

export const ENDS: FlowEnds = {
  client: { address: "10.0.0.1", port: 40_000 },
  server: { address: "10.0.0.2", port: 8080 },
  midstream: false,
};

export interface Recorder extends WireSink {
  readonly exchanges: Exchange[];
  readonly weirds: string[];
  readonly counts: Record<string, number>;
}

export function recorder(): Recorder {
  const exchanges: Exchange[] = [];
  const weirds: string[] = [];
  const counts: Record<string, number> = {};
  return {
    exchanges,
    weirds,
    counts,
    exchange: (exchange) => void exchanges.push(exchange),
    weird: ({ name }) => void weirds.push(name),
    count: (name, by = 1) => void (counts[name] = (counts[name] ?? 0) + by),
  };
}

/** Feeds what was heard, cut again every `cut` bytes (0 = as it came), at one point in time, and ends both sides. */
export function feed(decoder: FlowDecoder, heard: readonly Heard[], cut = 0, at = 1000): void {
  const offsets = [0, 0];
  for (const { side, bytes } of heard) {
    const step = cut || bytes.length || 1;
    for (let from = 0; from < bytes.length; from += step) {
      const piece = bytes.subarray(from, from + step);
      decoder.data({ side, bytes: piece, at, offset: offsets[side] ?? 0, acked: -1 });
      offsets[side] = (offsets[side] ?? 0) + piece.length;
    }
  }
  decoder.end(0, at, "fin");
  decoder.end(1, at, "fin");
}

/** All of one direction joined, directions kept in the order given. */
export function joined(heard: readonly Heard[], order: readonly Side[] = [0, 1]): Heard[] {
  return order.map((side) => ({
    side,
    bytes: Buffer.concat(heard.filter((h) => h.side === side).map((h) => h.bytes)),
  }));
}

/** One line per exchange: enough to see what was heard. */
export function lines(exchanges: readonly Exchange[]): string[] {
  return exchanges.map(({ request, outcome, protocol, flags }) => {
    const query = request.query === "" ? "" : `?${request.query}`;
    const status = outcome.kind === "answered" ? outcome.response.status : outcome.why;
    return [protocol, request.method || "-", request.authority, request.path + query, status, ...flags].join(
      " ",
    );
  });
}
