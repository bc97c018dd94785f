// The whole way from packets to exchanges, without I/O: decapsulation, reassembly, protocol detection, decoders.
import type { EncryptedFlow } from "../../src/model/encrypted-flow.ts";
import { type Exchange, NO_BODY, type Source } from "../../src/model/exchange.ts";
import type { WeirdName } from "../../src/model/parsed.ts";
import { asBuffer } from "./bytes.ts";
import { Tally } from "./counters.ts";
import { Decap, type Unwrapped } from "./decap.ts";
import { clientByPorts, type Connection, type DecoderTable, Detector } from "./detect.ts";
import type { FlowDecoder, Side, WireSink } from "./flow.ts";
import type { Cursor } from "./link/cursor.ts";
import type { Packet, PacketSink } from "./packet.ts";
import { lookInto } from "./packed-body.ts";
import { PortTable } from "./ports.ts";
import { decodersFor } from "./protocols.ts";
import { QuicConnections } from "./quic/connections.ts";
import { CaptureClock } from "./tcp/clock.ts";
import { TcpEngine } from "./tcp/engine.ts";
import type { FlowLimits } from "./tcp/flow-table.ts";
import type { Flow } from "./tcp/flow.ts";
import { createKeyLog, type KeyLog } from "./tls/decoder.ts";

export interface WireOptions {
  readonly source: Source;
  /** SSLKEYLOGFILE text known from the start. */
  readonly keylog?: string;
  /** More secrets come while packets do: records wait for theirs. */
  readonly keysGrow?: boolean;
  /** When endless responses are reported, in ms of capture time; files can wait for the end. */
  readonly patienceMs?: number;
  readonly limits?: FlowLimits;
}

export interface Wire {
  /** Bound: may be passed around as a function. */
  readonly packet: PacketSink;
  /** More SSLKEYLOGFILE text, for instance from a secrets block. */
  readonly keylog: (text: string) => void;
  /** Lets time pass on a silent live tap; `now` in ms by the clock of the packets. */
  tick(now: number): void;
  /** Hands over what was counted so far; otherwise that happens every so many packets. */
  report(): void;
  /** The capture is over: everything still open is reported. */
  end(): void;
}

/** How often silent connections and late holes are looked at, in capture time. */
const TICK_MS = 20;
/** The last moment a Date holds (ECMA-262, section 21.4.1.1); time stamps beyond it are no time. */
const LAST_DATE = 8.64e15;
/** Packets between two reports of counters. */
const FLUSH_PACKETS = 16_384;

export function createWire(sink: WireSink, options: WireOptions): Wire {
  return new PacketWire(sink, options);
}

class PacketWire implements Wire {
  readonly #sink: WireSink;
  readonly #options: WireOptions;
  readonly #tally = new Tally();
  readonly #decap: Decap;
  readonly #engine: TcpEngine;
  readonly #ports = new PortTable();
  readonly #clock = new CaptureClock();
  readonly #quic: QuicConnections;
  readonly #keys: KeyLog;
  readonly #inner: WireSink;
  readonly #table: DecoderTable;
  #nextTick = Number.NEGATIVE_INFINITY;
  #packets = 0;
  #bytes = 0;

  constructor(sink: WireSink, options: WireOptions) {
    this.#sink = sink;
    this.#options = options;
    const weird = (name: WeirdName): void => sink.weird({ name });
    this.#decap = new Decap(this.#tally.add, weird);
    this.#inner = this.#exchangeSink();
    this.#keys = createKeyLog({ growing: options.keysGrow ?? false });
    if (options.keylog !== undefined) this.#keys.add(options.keylog);
    const patienceMs = options.patienceMs ?? Number.POSITIVE_INFINITY;
    const { source } = options;
    this.#quic = new QuicConnections({ source, count: this.#tally.add, flow: this.#flow, patienceMs });
    this.#table = decodersFor({
      sink: this.#inner,
      count: this.#tally.add,
      source,
      keys: this.#keys,
      ports: this.#ports,
      patienceMs,
      certified: () => this.#certified(),
    });
    this.#engine = new TcpEngine({
      count: this.#tally.add,
      decoderFor: (flow) => this.#decoderFor(flow),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
  }

  #decoderFor(flow: Flow): FlowDecoder {
    const connection = connectionOf(flow);
    const detector = new Detector(connection, this.#table, this.#tally.add);
    return this.#ports.watch(detector, () => connection.ends(connection.client).server.port);
  }

  readonly #flow = (flow: EncryptedFlow): void => this.#sink.flow?.(flow);

  readonly keylog = (text: string): void => this.#keys.add(text);

  readonly packet = (packet: Packet): void => {
    const bytes = asBuffer(packet.bytes);
    const at = packet.at >= 0 && packet.at <= LAST_DATE ? packet.at : 0;
    const now = this.#clock.advance(at);
    this.#bytes += bytes.length;
    if (++this.#packets >= FLUSH_PACKETS) this.#flush();
    if (packet.originalLength > bytes.length) this.#tally.add("packets.cut");
    this.#decap.network = packet.network ?? 0;
    const what = this.#decap.unwrap(bytes, packet.originalLength, packet.linkType, now);
    if (what !== "tcp") this.#other(what, at);
    else if (!this.#engine.segment(this.#decap.cursor, at, now)) this.#malformed("tcp.header");
    if (now >= this.#nextTick || now < this.#nextTick - TICK_MS) this.tick(now);
  };

  /** The client of the connection at hand showed a certificate. */
  #certified(): void {
    const { current } = this.#engine;
    if (current !== null) current.mutualTls = true;
  }

  #other(what: Exclude<Unwrapped, "tcp">, at: number): void {
    if (what === "udp") this.#udp(this.#decap.cursor, at);
    else if (what === "other") this.#tally.add("packets.other-protocol");
    else if (what === "unknown-link") this.#tally.add("packets.other-link");
    else this.#malformed(this.#decap.cursor.weird ?? "ip.header");
  }

  tick(now: number): void {
    this.#nextTick = now + TICK_MS;
    this.#engine.tick(now);
    this.#quic.tick(now);
  }

  report(): void {
    this.#flush();
  }

  end(): void {
    this.#engine.end();
    this.#quic.end();
    this.#flush();
  }

  #malformed(name: WeirdName): void {
    this.#tally.add("packets.malformed");
    this.#sink.weird({ name });
  }

  /*
    QUIC long header (RFC 9000, section 17.2): form 1 = 1, fixed 1 = 1, type 2, …, version 32, non-zero
  */
  #udp(cursor: Cursor, at: number): void {
    this.#tally.add("udp.datagrams");
    if (!cursor.has(6)) return;
    this.#quic.datagram(cursor, at);
    const isServed = this.#quic.serves(cursor.srcPort) || this.#quic.serves(cursor.dstPort);
    if (isServed && cursor.bytes[cursor.pos]! >= 0xc0) this.#tally.add("quic.packets");
  }

  #flush(): void {
    this.#tally.add("packets", this.#packets);
    this.#tally.add("bytes", this.#bytes);
    this.#packets = this.#bytes = 0;
    this.#tally.flush(this.#sink);
    this.#ports.flush((name, by) => this.#sink.count(name, by));
  }

  /** What decoders put their finds into: knows the connection at hand, and so what else is true of the exchange. */
  #exchangeSink(): WireSink {
    const { source } = this.#options;
    return {
      weird: (weird) => this.#sink.weird(weird),
      count: (name, by) => this.#sink.count(name, by),
      flow: this.#flow,
      stream: (update) => this.#sink.stream?.(update),
      exchange: (exchange) => {
        const flow = this.#engine.current;
        const isConflicting = flow?.conflict === true;
        const isCertified = flow?.mutualTls === true;
        if (!isConflicting && !isCertified && exchange.source === source)
          return this.#sink.exchange(exchange);
        if (flow !== null) flow.conflict = false;
        const flags = isConflicting ? conflicting(exchange) : exchange.flags;
        this.#sink.exchange({ ...exchange, source, flags, ...(isCertified ? { mutualTls: true } : {}) });
      },
    };
  }
}

/** A list of its own, so what reading the bodies would add has to be in it. */
function conflicting({ request, outcome, flags }: Exchange): Exchange["flags"] {
  lookInto(request.body, outcome.kind === "answered" ? outcome.response.body : NO_BODY);
  return [...flags, "tcp-conflict"];
}

function connectionOf(flow: Flow): Connection {
  const client: Side = flow.sawSyn ? flow.client : clientByPorts([flow.aPort, flow.bPort]);
  return {
    ends: (side) => flow.ends(side),
    client,
    isMidstream: !flow.sawSyn,
  };
}
