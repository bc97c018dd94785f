// One HTTP/2 connection (RFC 9113): frames of both directions become one exchange per stream.
import type { Request } from "../../../src/model/exchange.ts";
import { countersOf } from "../counters.ts";
import type { Counter } from "../counters.ts";
import type { FlowDecoder, FlowEnds, Segment, Side, WireSink } from "../flow.ts";
import { FrameReader } from "./frame-reader.ts";
import type { FrameEvents, TimedHeader } from "./frame-reader.ts";
import * as frames from "./frames.ts";
import { HeaderBlocks } from "./header-blocks.ts";
import { Streams } from "./streams.ts";

export interface Http2Options {
  /** The HTTP/1.1 request that was upgraded to h2c and is answered on stream 1; its sender emits nothing for it. */
  readonly upgraded?: Request;
  /** First byte of that request; the first segment's time when absent. */
  readonly upgradedAt?: number;
  /** Milliseconds of capture time after which a response without end is told; 5,000 when absent, Infinity to wait. */
  readonly patienceMs?: number;
}

/**
 * Pushes one exchange per stream to `sink` when both its messages ended, it was reset, `patienceMs` after the
 * response began (flag "continued"), or when the connection ended. The response of an h2c upgrade is one exchange of
 * protocol "http/1.1" with the flag "upgraded", because that is how it was asked for.
 */
export function createHttp2Decoder(ends: FlowEnds, sink: WireSink, options: Http2Options = {}): FlowDecoder {
  return new Connection(ends, sink, options);
}

interface Direction {
  readonly reader: FrameReader;
  readonly blocks: HeaderBlocks;
  /** A frame was read. */
  begun: boolean;
  ended: boolean;
}

class Connection implements FlowDecoder {
  private readonly streams: Streams;
  private readonly sink: WireSink;
  private readonly count: Counter;
  private readonly midstream: boolean;
  private readonly directions: readonly [Direction, Direction];

  constructor(ends: FlowEnds, sink: WireSink, options: Http2Options) {
    this.sink = sink;
    this.count = countersOf(sink);
    this.midstream = ends.midstream;
    this.streams = new Streams(ends, sink, options);
    this.directions = [this.open(0), this.open(1)];
  }

  data({ side, bytes, at }: Segment): void {
    this.streams.heard(side, at);
    this.directions[side].reader.push(bytes, at);
    this.streams.sweep(at);
  }

  gap(side: Side, _offset: number, length: number, at: number): void {
    this.directions[side].reader.gap(length, at);
    this.streams.sweep(at);
  }

  end(side: Side): void {
    const direction = this.directions[side];
    if (direction.ended) return;
    direction.ended = true;
    direction.reader.end();
    if (this.directions.every(({ ended }) => ended)) this.streams.flush();
  }

  private open(side: Side): Direction {
    const blocks = new HeaderBlocks(
      !this.midstream,
      (section) => this.streams.section(side, section),
      (weird) => this.sink.weird(weird),
    );
    const unprefaced = this.midstream ? "middle" : "frames";
    const start = side === 1 ? unprefaced : this.midstream ? "preface-or-middle" : "preface";
    return {
      reader: new FrameReader(start, this.events(side, blocks)),
      blocks,
      begun: false,
      ended: false,
    };
  }

  private events(side: Side, blocks: HeaderBlocks): FrameEvents {
    const { streams, sink } = this;
    return {
      frame: (header, payload, at) => {
        this.begin(side, header, blocks);
        blocks.frame(header, payload, at);
        this.control(header, at);
      },
      data: (header, bytes) => streams.data(side, header, bytes),
      dataGap: (header, length) => streams.dataGap(side, header, length),
      dataEnd: (header, at) => {
        blocks.interrupt();
        streams.dataEnd(side, header, at);
      },
      lostFrame: (header, at) => blocks.lost(header, at),
      lost: () => {
        blocks.lose();
        streams.lost(side);
      },
      weird: (name) => sink.weird({ name }),
      skipped: (bytes) => this.count("h2.skipped-bytes", bytes),
    };
  }

  /** A flow heard from its middle may still show the beginning of HTTP/2: a preface, or the SETTINGS both ends start with. */
  private begin(side: Side, header: TimedHeader, blocks: HeaderBlocks): void {
    const direction = this.directions[side];
    if (direction.begun) return;
    direction.begun = true;
    const opening = header.type === frames.SETTINGS && (header.flags & frames.ACK) === 0;
    if (!this.midstream || !opening) return;
    if (side === 1 || direction.reader.prefaced) blocks.restart();
    if (direction.reader.prefaced) this.streams.fromStart();
  }

  private control(header: TimedHeader, at: number): void {
    if (header.type === frames.RST_STREAM) this.streams.reset(header.stream, at);
    else if (header.type === frames.GOAWAY) this.count("h2.goaways");
  }
}
