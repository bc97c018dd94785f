// What was heard on each server port, and how much of it could be read: where to look when nothing shows up.
import type { FlowDecoder, Segment, Side } from "./flow.ts";

/** What the payload of a connection is to us: "tls" stays closed, "opened" was TLS whose keys were given. */
export type PortKind = "http" | "tls" | "opened" | "opaque";

/**
 * Counters of a port, e.g. `port.443.tls-bytes`; ports beyond the first 64 count together as `port.other.…`.
 * Payload of TCP as delivered, both directions. `bytes` is the sum of the others.
 */
export const PORT_COUNTERS = {
  flows: "connections to the port that said something",
  bytes: "payload bytes of those connections",
  "http-bytes": "payload bytes read as HTTP",
  "tls-bytes": "payload bytes of TLS that stayed closed",
  "opened-bytes": "payload bytes of TLS opened with logged secrets",
  "opaque-bytes": "payload bytes of something else, or of nothing we could tell",
} as const;

export type PortCounterName = `port.${number | "other"}.${keyof typeof PORT_COUNTERS}`;

/** A host serves a few ports; a scan touches all of them and must not make a counter of each. */
const MAX_PORTS = 64;
/** A protocol is told by then (the longest first line that is waited for, on both sides). */
const UNDECIDED = 65_536;

interface Port {
  readonly name: `${number}` | "other";
  flows: number;
  readonly bytes: Record<PortKind, number>;
  /** Reports so far. */
  round: number;
}

/** The ports of one tap. */
export class PortTable {
  readonly #ports = new Map<number, Port>();
  readonly #other = newPort("other");
  /** The connection whose bytes are being decoded. */
  #current: Watched | null = null;

  /** `decoder`, with its bytes counted; `port` guesses the server's until it is told. */
  watch(decoder: FlowDecoder, port: () => number): FlowDecoder {
    return new Watched(decoder, { port, enter: (flow) => (this.#current = flow), at: (at) => this.#at(at) });
  }

  /** The connection at hand speaks this, to that port. */
  speaks(kind: "http" | "tls", port: number): void {
    this.#current?.speaks(kind, port);
  }

  /** The TLS connection at hand gave content. */
  opened(): void {
    this.#current?.opened();
  }

  flush(count: (name: PortCounterName, by: number) => void): void {
    for (const port of [...this.#ports.values(), this.#other]) report(port, count);
  }

  #at(port: number): Port {
    const known = this.#ports.get(port);
    if (known !== undefined) return known;
    if (this.#ports.size >= MAX_PORTS) return this.#other;
    const made = newPort(`${port}`);
    this.#ports.set(port, made);
    return made;
  }
}

function newPort(name: Port["name"]): Port {
  return { name, flows: 0, bytes: { http: 0, tls: 0, opened: 0, opaque: 0 }, round: 0 };
}

function report(port: Port, count: (name: PortCounterName, by: number) => void): void {
  const add = (what: keyof typeof PORT_COUNTERS, by: number): void => {
    if (by > 0) count(`port.${port.name}.${what}` as PortCounterName, by);
  };
  const { bytes } = port;
  add("flows", port.flows);
  add("bytes", bytes.http + bytes.tls + bytes.opened + bytes.opaque);
  for (const kind of ["http", "tls", "opened", "opaque"] as const) {
    add(`${kind}-bytes`, bytes[kind]);
    bytes[kind] = 0;
  }
  port.flows = 0;
  port.round += 1;
}

interface Around {
  readonly port: () => number;
  readonly enter: (flow: Watched) => void;
  readonly at: (port: number) => Port;
}

/** Measured, as all such figures are: 20,000 connections of a kind, divided. */
const WATCHED_BYTES = 250;

/** Class because of the hot path: one call per segment. */
class Watched implements FlowDecoder {
  readonly #decoder: FlowDecoder;
  readonly #around: Around;
  #kind: PortKind = "opaque";
  /** null while the protocol is not told. */
  #port: Port | null = null;
  /** Bytes of an undecided connection, then those counted as closed TLS and not reported yet. */
  #bytes = 0;
  #round = 0;

  constructor(decoder: FlowDecoder, around: Around) {
    this.#decoder = decoder;
    this.#around = around;
  }

  get weight(): number {
    return WATCHED_BYTES + this.#decoder.weight;
  }

  data(segment: Segment): void {
    const { length } = segment.bytes;
    this.#around.enter(this);
    if (this.#port === null) this.#undecided(length);
    else this.#port.bytes[this.#kind] += length;
    if (this.#kind === "tls") this.#bytes = this.#unreported() + length;
    this.#decoder.data(segment);
  }

  gap(side: Side, offset: number, length: number, at: number): void {
    this.#around.enter(this);
    this.#decoder.gap(side, offset, length, at);
  }

  end(side: Side, at: number, how: Parameters<FlowDecoder["end"]>[2]): void {
    this.#around.enter(this);
    this.#decoder.end(side, at, how);
    if (this.#port === null && this.#bytes > 0) this.#settle("opaque", this.#around.port());
  }

  #undecided(length: number): void {
    this.#bytes += length;
    if (this.#bytes >= UNDECIDED) this.#settle("opaque", this.#around.port());
  }

  #unreported(): number {
    const round = this.#port?.round ?? 0;
    const isSame = round === this.#round;
    this.#round = round;
    return isSame ? this.#bytes : 0;
  }

  /** A tunnel may turn to TLS after a while; content of opened TLS changes nothing. */
  speaks(kind: "http" | "tls", port: number): void {
    if (this.#port === null) this.#settle(kind, port);
    else if (this.#kind !== "opened") this.#turn(kind);
  }

  #settle(kind: PortKind, port: number): void {
    this.#port = this.#around.at(port);
    this.#round = this.#port.round;
    this.#port.flows += 1;
    this.#port.bytes[kind] += this.#bytes;
    this.#turn(kind);
  }

  #turn(kind: PortKind): void {
    if (kind !== "tls") this.#bytes = 0;
    this.#kind = kind;
  }

  /** The handshake was no closed content after all, as far as it is not reported yet. */
  opened(): void {
    if (this.#port === null || this.#kind !== "tls") return;
    const { bytes } = this.#port;
    const moved = this.#unreported();
    bytes.tls -= moved;
    bytes.opened += moved;
    this.#turn("opened");
  }
}
