// Finds out what a connection speaks and who is client, then steps aside for the decoder of that protocol.
import { asBuffer, ownCopy } from "./bytes.ts";
import type { Counter, CounterName } from "./counters.ts";
import type { FlowDecoder, FlowEnds, Segment, Side } from "./flow.ts";
import { type Recognised, recognise } from "./recognise.ts";

export type Protocol = "http1" | "http2" | "tls";

/** What a decoder is made with; `isMidstream` = its first bytes need not be the first of the protocol. */
export interface Detected {
  readonly ends: FlowEnds;
  readonly isMidstream: boolean;
}

/** Decoders by protocol; one that is missing leaves its connections opaque and counted. */
export type DecoderTable = Readonly<Partial<Record<Protocol, (detected: Detected) => FlowDecoder>>>;

/** The connection as reassembly knows it. */
export interface Connection {
  /** Both ends, given which side is the client. */
  ends(client: Side): FlowEnds;
  /** Which side is the client, unless the first bytes say otherwise. */
  readonly client: Side;
  readonly isMidstream: boolean;
}

/** Bytes kept while a first line or hello is incomplete: as long as the longest line that is waited for. */
const MAX_KEPT = 32_768;
/** Segments without anything known before the connection counts as opaque for good. */
const MAX_TRIES = 64;

const protocols: Readonly<Partial<Record<Recognised, Protocol>>> = {
  "http1-request": "http1",
  "http1-response": "http1",
  "http2-preface": "http2",
  "http2-frames": "http2",
  "tls-client": "tls",
  "tls-server": "tls",
  "tls-record": "tls",
};
const fromClient = new Set<Recognised>(["http1-request", "http2-preface", "tls-client"]);
const fromServer = new Set<Recognised>(["http1-response", "tls-server"]);

/** What a detector and one kept event cost beyond the bytes they keep. */
const OWN_BYTES = 550;
const EVENT_BYTES = 400;

/** Something that came before it was clear what it was; `size` is what keeping it costs. */
interface Kept {
  readonly side: Side;
  readonly size: number;
  readonly play: (to: FlowDecoder, side: Side) => void;
}

export class Detector implements FlowDecoder {
  readonly #connection: Connection;
  readonly #table: DecoderTable;
  readonly #count: Counter;
  #decoder: FlowDecoder | null = null;
  #client: Side;
  /** What came while it was not yet clear. */
  #kept: Kept[] = [];
  /** Sides that have ended. */
  readonly #ends: Kept[] = [];
  readonly #heads: [Buffer | null, Buffer | null] = [null, null];
  #skipped: boolean;
  #tries = 0;
  #isOpaque = false;
  #opaqueAs: CounterName = "bytes.opaque";

  constructor(connection: Connection, table: DecoderTable, count: Counter) {
    this.#connection = connection;
    this.#table = table;
    this.#count = count;
    this.#client = connection.client;
    this.#skipped = connection.isMidstream;
  }

  get weight(): number {
    if (this.#decoder !== null) return OWN_BYTES + this.#decoder.weight;
    return this.#kept.reduce((sum, { size }) => sum + size + EVENT_BYTES, OWN_BYTES);
  }

  data(segment: Segment): void {
    if (this.#decoder !== null) {
      this.#decoder.data(this.#client === 0 ? segment : { ...segment, side: this.#turned(segment.side) });
    } else if (this.#isOpaque) {
      this.#count(this.#opaqueAs, segment.bytes.length);
    } else {
      this.#try(segment);
    }
  }

  gap(side: Side, offset: number, length: number, at: number): void {
    if (this.#decoder !== null) return this.#decoder.gap(this.#turned(side), offset, length, at);
    if (this.#isOpaque) return;
    this.#drop(side);
    this.#kept.push({ side, size: 0, play: (to, turned) => to.gap(turned, offset, length, at) });
    if (this.#kept.length > MAX_TRIES) this.#giveUp("bytes.opaque", "flows.opaque");
  }

  end(side: Side, at: number, how: Parameters<FlowDecoder["end"]>[2]): void {
    if (this.#decoder !== null) return this.#decoder.end(this.#turned(side), at, how);
    if (this.#isOpaque) return;
    this.#ends.push({ side, size: 0, play: (to, turned) => to.end(turned, at, how) });
    if (this.#ends.length > 1) this.#giveUp("bytes.opaque", this.#tries > 0 ? "flows.opaque" : null);
  }

  #turned(side: Side): Side {
    return this.#client === 0 ? side : side === 0 ? 1 : 0;
  }

  #try(segment: Segment): void {
    const bytes = asBuffer(segment.bytes);
    const head = this.#heads[segment.side];
    if (head === null) return this.#judge(segment, bytes, recognise(bytes, this.#skipped));
    const seen = Buffer.concat([head, bytes]);
    const found = recognise(seen, this.#skipped);
    if (found !== "unknown") return this.#judge(segment, seen, found);
    // What was kept said nothing after all; what came now may.
    this.#skip(segment.side, head.length);
    if (this.#isOpaque) this.#count(this.#opaqueAs, bytes.length);
    else this.#judge(segment, bytes, recognise(bytes, true));
  }

  /** `seen`: all of this side that the finding rests on. */
  #judge(segment: Segment, seen: Buffer, found: Recognised): void {
    const protocol = protocols[found];
    if (protocol !== undefined) this.#settle(found, protocol, segment);
    else if (found === "more" && seen.length <= MAX_KEPT) this.#keep(segment, seen);
    else this.#skip(segment.side, seen.length);
  }

  #keep(segment: Segment, seen: Buffer): void {
    this.#heads[segment.side] = ownCopy(seen);
    const kept = { ...segment, bytes: ownCopy(segment.bytes) };
    // Every kept byte is there twice: as head to be judged, and as event to be played.
    const size = segment.bytes.length * 2;
    this.#kept.push({ side: segment.side, size, play: (to, side) => to.data({ ...kept, side }) });
  }

  /** These bytes say nothing; later ones may, in the middle of a connection. */
  #skip(side: Side, length: number): void {
    this.#count("bytes.opaque", length);
    this.#drop(side);
    if (++this.#tries >= MAX_TRIES) this.#giveUp("bytes.opaque", "flows.opaque");
  }

  /** Forgets what was kept of a side. */
  #drop(side: Side): void {
    this.#skipped = true;
    this.#heads[side] = null;
    this.#kept = this.#kept.filter((kept) => kept.side !== side);
  }

  #settle(found: Recognised, protocol: Protocol, segment: Segment): void {
    this.#count(`flows.${protocol}`);
    if (fromClient.has(found)) this.#client = segment.side;
    else if (fromServer.has(found)) this.#client = segment.side === 0 ? 1 : 0;
    const make = this.#table[protocol];
    if (make === undefined) {
      this.#giveUp(protocol === "tls" ? "bytes.tls" : "bytes.http2", null);
      return this.#count(this.#opaqueAs, segment.bytes.length);
    }
    const ends = this.#connection.ends(this.#client);
    const isMidstream = this.#skipped;
    this.#decoder = make({ ends: isMidstream ? { ...ends, midstream: true } : ends, isMidstream });
    const events = [...this.#kept, ...this.#ends];
    for (const side of [0, 1] as const) this.#drop(side);
    for (const { side, play } of events) play(this.#decoder, this.#turned(side));
    this.data(segment);
  }

  #giveUp(bytes: CounterName, flows: CounterName | null): void {
    this.#isOpaque = true;
    this.#opaqueAs = bytes;
    for (const side of [0, 1] as const) this.#drop(side);
    if (flows !== null) this.#count(flows);
  }
}

/** Ports of servers, for connections of which neither the beginning nor a telling byte was heard. */
const SERVER_PORTS = new Set([80, 443, 3000, 5000, 8000, 8008, 8080, 8081, 8443, 8888, 9000, 9090]);

/** Side of the client, by ports alone: well-known ports serve, else the lower one does. */
export function clientByPorts(ports: readonly [number, number]): Side {
  const [first, second] = ports;
  const isFirstServer = SERVER_PORTS.has(first);
  if (isFirstServer !== SERVER_PORTS.has(second)) return isFirstServer ? 1 : 0;
  return first < second ? 1 : 0;
}
