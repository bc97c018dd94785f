// One HTTP/2 connection (RFC 9113): frames of both directions become one exchange per stream.
import type { Request } from "../../../src/model/exchange.ts";
import type { Weird, WeirdName } from "../../../src/model/parsed.ts";
import type { FlowDecoder, FlowEnds, Segment, Side, WireSink } from "../flow.ts";
import { FrameReader } from "./frame-reader.ts";
import type { FrameEvents, TimedHeader } from "./frame-reader.ts";
import * as frames from "./frames.ts";
import { type BlockEvents, type FieldSection, HeaderBlocks } from "./header-blocks.ts";
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

// What a connection costs before it says anything, measured.
const OWN_BYTES = 3_200;

class Connection implements FlowDecoder {
  readonly streams: Streams;
  readonly sink: WireSink;
  readonly midstream: boolean;
  private readonly directions: readonly [Direction, Direction];

  constructor(ends: FlowEnds, sink: WireSink, options: Http2Options) {
    this.sink = sink;
    this.midstream = ends.midstream;
    this.streams = new Streams(ends, sink, options);
    this.directions = [new Direction(this, 0), new Direction(this, 1)];
  }

  get weight(): number {
    const [up, down] = this.directions;
    return OWN_BYTES + up.weight + down.weight + this.streams.weight;
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
}

/** Class because of memory: a closure for each event would be most of what a quiet connection costs. */
class Direction implements FrameEvents, BlockEvents {
  readonly reader: FrameReader;
  ended = false;
  private readonly blocks: HeaderBlocks;
  private readonly connection: Connection;
  private readonly side: Side;
  /** A frame was read. */
  private begun = false;

  constructor(connection: Connection, side: Side) {
    this.connection = connection;
    this.side = side;
    const { midstream } = connection;
    this.blocks = new HeaderBlocks(!midstream, this);
    const unprefaced = midstream ? "middle" : "frames";
    const start = side === 1 ? unprefaced : midstream ? "preface-or-middle" : "preface";
    this.reader = new FrameReader(start, this);
  }

  get weight(): number {
    return this.reader.size + this.blocks.weight;
  }

  frame(header: TimedHeader, payload: Uint8Array, at: number): void {
    if (!this.begun) this.begin(header);
    this.blocks.frame(header, payload, at);
    if (header.type === frames.RST_STREAM) this.connection.streams.reset(header.stream, at);
    else if (header.type === frames.GOAWAY) this.connection.sink.count("h2.goaways");
  }

  data(header: TimedHeader, bytes: Uint8Array, at: number): void {
    this.connection.streams.data(this.side, header.stream, bytes, at);
  }

  dataGap(header: TimedHeader, length: number): void {
    this.connection.streams.dataGap(this.side, header, length);
  }

  dataEnd(header: TimedHeader, at: number): void {
    this.blocks.interrupt();
    this.connection.streams.dataEnd(this.side, header, at);
  }

  lostFrame(header: TimedHeader, at: number): void {
    this.blocks.lost(header, at);
  }

  lost(): void {
    this.blocks.lose();
    this.connection.streams.lost(this.side);
  }

  weird(name: WeirdName): void {
    this.connection.sink.weird({ name });
  }

  skipped(bytes: number): void {
    this.connection.sink.count("h2.skipped-bytes", bytes);
  }

  section(section: FieldSection): void {
    this.connection.streams.section(this.side, section);
  }

  oddBlock(weird: Weird): void {
    this.connection.sink.weird(weird);
  }

  /** A flow heard from its middle may still show the beginning of HTTP/2: a preface, or the SETTINGS both ends start with. */
  private begin(header: TimedHeader): void {
    this.begun = true;
    const opening = header.type === frames.SETTINGS && (header.flags & frames.ACK) === 0;
    const { midstream, streams } = this.connection;
    if (!midstream || !opening) return;
    if (this.side === 1 || this.reader.prefaced) this.blocks.restart();
    if (this.reader.prefaced) streams.fromStart();
  }
}
