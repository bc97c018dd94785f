// QUIC connections: who asked for which name, and how much passed. What they say stays closed, like TLS without keys.
import type { EncryptedFlow } from "../../../src/model/encrypted-flow.ts";
import type { Source } from "../../../src/model/exchange.ts";
import type { Counter } from "../counters.ts";
import { ipv4Text, ipv6Text } from "../ip/address.ts";
import type { Cursor } from "../link/cursor.ts";
import { helloFacts } from "../tls/flow-facts.ts";
import { CLIENT_HELLO } from "../tls/handshake.ts";
import { type ClientHello, readClientHello, TLS_1_3 } from "../tls/hello.ts";
import { type CryptoPiece, openInitials } from "./initial.ts";

/** 700 bytes each. */
const MAX_CONNECTIONS = 10_000;
/** Hellos that are not complete, 80 KB each at worst; given up after so many pieces or bytes. Chrome needs two datagrams. */
const MAX_OPENING = 128;
const MAX_PIECES = 64;
const MAX_HELLO = 16_384;
/** Silence that ends a connection: twice what browsers and servers agree on as idle timeout. */
const IDLE_MS = 60_000;
/** Clients pad their first datagrams to at least this (RFC 9000, section 14.1). */
const SMALLEST_INITIAL = 1_200;
const LONG_HEADER = 0xc0;
/** As for the ports of TCP that are counted. */
const MAX_PORTS = 64;
/** Between two reports on a connection that runs on, as for TLS. */
const REPORT_MS = 60_000;

export interface QuicParts {
  readonly source: Source;
  readonly count: Counter;
  readonly flow: (flow: EncryptedFlow) => void;
  /** As of TLS: when a connection that runs on is told first, in ms of capture time. */
  readonly patienceMs: number;
  /** Connections followed at once; 10,000 when absent. */
  readonly most?: number;
}

interface Connection {
  readonly client: EncryptedFlow["client"];
  readonly server: EncryptedFlow["server"];
  /** Of its handshake, in any order; null once the hello was read or given up. */
  pieces: CryptoPiece[] | null;
  hello: Pick<EncryptedFlow, "sni" | "ech" | "alpn" | "ja4">;
  bytes: [number, number];
  startedAt: number;
  endedAt: number;
  isTold: boolean;
}

const UNHEARD: Connection["hello"] = { sni: null, ech: false, alpn: null, ja4: null };

/** Class because of its state: one per wire. */
export class QuicConnections {
  readonly #parts: QuicParts;
  /** By both ends as the client's datagrams have them, the longest silent first. */
  readonly #known = new Map<string, Connection>();
  /** Of servers; a scan must not make every port one. */
  readonly #ports = new Set([443]);
  #opening = 0;

  constructor(parts: QuicParts) {
    this.#parts = parts;
  }

  /** Whether QUIC is spoken there, as far as is known. */
  serves(port: number): boolean {
    return this.#ports.has(port);
  }

  /** The cursor stands at the payload of a UDP datagram. */
  datagram(cursor: Cursor, at: number): void {
    const { srcPort, dstPort } = cursor;
    const mayBegin = mayBeginConnection(cursor);
    if (!mayBegin && !this.serves(dstPort) && !this.serves(srcPort)) return;
    const length = cursor.wireEnd - cursor.pos;
    const key = keyOf(cursor, false);
    const asking = this.#at(key, at);
    if (asking !== undefined) {
      if (asking.pieces !== null) this.#read(asking, cursor);
      return this.#take(key, asking, { side: 0, length, at });
    }
    const back = keyOf(cursor, true);
    const answering = this.#at(back, at);
    if (answering !== undefined) this.#take(back, answering, { side: 1, length, at });
    else if (mayBegin) this.#begin(key, cursor, at);
  }

  /** Time passed: what has been silent for long is over. */
  tick(now: number): void {
    for (const [key, connection] of this.#known) {
      if (now - connection.endedAt <= IDLE_MS) return;
      this.#close(key, connection);
    }
  }

  end(): void {
    for (const [key, connection] of this.#known) this.#close(key, connection);
  }

  /** The connection, unless it has been silent for so long that this is another. */
  #at(key: string, now: number): Connection | undefined {
    const known = this.#known.get(key);
    if (known === undefined || now - known.endedAt <= IDLE_MS) return known;
    this.#close(key, known);
    return undefined;
  }

  /** Only what a client sealed can be opened: the rest is no beginning, whatever it looks like. */
  #begin(key: string, cursor: Cursor, at: number): void {
    const pieces = openInitials(cursor.bytes.subarray(cursor.pos, cursor.end));
    if (pieces.length === 0) return;
    const [oldest] = this.#known;
    if (this.#known.size >= (this.#parts.most ?? MAX_CONNECTIONS) && oldest !== undefined)
      this.#close(...oldest);
    if (this.#ports.size < MAX_PORTS) this.#ports.add(cursor.dstPort);
    this.#parts.count("flows.quic");
    this.#opening++;
    const connection: Connection = {
      ...endsOf(cursor),
      pieces: [],
      hello: UNHEARD,
      bytes: [cursor.wireEnd - cursor.pos, 0],
      startedAt: at,
      endedAt: at,
      isTold: false,
    };
    this.#known.set(key, connection);
    this.#learn(connection, pieces);
  }

  #read(connection: Connection, cursor: Cursor): void {
    if (cursor.bytes[cursor.pos]! < LONG_HEADER) return;
    this.#learn(connection, openInitials(cursor.bytes.subarray(cursor.pos, cursor.end)));
  }

  #learn(connection: Connection, more: readonly CryptoPiece[]): void {
    const pieces = [...(connection.pieces ?? []), ...more];
    connection.pieces = pieces;
    const hello = helloOf(pieces);
    if (hello === "more" && pieces.length < MAX_PIECES && this.#opening <= MAX_OPENING) return;
    this.#opening--;
    connection.pieces = null;
    if (hello === "more" || hello === null) return;
    const { sni, ech, ja4, alpnOffered } = helloFacts(hello, "q");
    // The answer is closed to us, but a server can only agree to what was offered.
    const [alpn = null, other] = alpnOffered;
    connection.hello = { sni, ech, ja4, alpn: other === undefined ? alpn : null };
  }

  #take(
    key: string,
    connection: Connection,
    { side, length, at }: { readonly side: 0 | 1; readonly length: number; readonly at: number },
  ): void {
    connection.bytes[side] += length;
    connection.endedAt = Math.max(connection.endedAt, at);
    this.#known.delete(key);
    this.#known.set(key, connection);
    const wait = connection.isTold ? REPORT_MS : this.#parts.patienceMs;
    if (at - connection.startedAt >= wait) this.#tell(connection);
  }

  #close(key: string, connection: Connection): void {
    this.#known.delete(key);
    if (connection.pieces !== null) this.#opening--;
    this.#tell(connection);
  }

  #tell(connection: Connection): void {
    const { client, server, hello, bytes, startedAt, endedAt, isTold } = connection;
    if (isTold && bytes[0] + bytes[1] === 0) return;
    const { source, flow } = this.#parts;
    const further = isTold ? { isFurther: true as const } : {};
    flow({ source, client, server, ...hello, version: TLS_1_3, bytes, startedAt, endedAt, ...further });
    connection.isTold = true;
    connection.bytes = [0, 0];
    connection.startedAt = endedAt;
  }
}

/** The hello, once its pieces are all there; null when it is none. */
function helloOf(pieces: readonly CryptoPiece[]): ClientHello | "more" | null {
  const handshake = Buffer.alloc(MAX_HELLO);
  let filled = 0;
  for (const { offset, bytes } of pieces.toSorted((a, b) => a.offset - b.offset)) {
    if (offset > filled) break;
    if (offset + bytes.length > MAX_HELLO) return null;
    handshake.set(bytes, offset);
    filled = Math.max(filled, offset + bytes.length);
  }
  if (filled < 4) return "more";
  const end = 4 + handshake.readUIntBE(1, 3);
  if (handshake[0] !== CLIENT_HELLO || end > MAX_HELLO) return null;
  if (filled < end) return "more";
  const hello = readClientHello(handshake.subarray(4, end));
  return hello.ok ? hello.value : null;
}

function mayBeginConnection({ bytes, pos, end }: Cursor): boolean {
  return end - pos >= SMALLEST_INITIAL && bytes[pos]! >= LONG_HEADER;
}

function keyOf(cursor: Cursor, isBack: boolean): string {
  const { src0, src1, src2, src3, dst0, dst1, dst2, dst3, srcPort, dstPort } = cursor;
  const source = `${src0},${src1},${src2},${src3},${srcPort}`;
  const destination = `${dst0},${dst1},${dst2},${dst3},${dstPort}`;
  return isBack ? `${destination}>${source}` : `${source}>${destination}`;
}

function endsOf(cursor: Cursor): Pick<Connection, "client" | "server"> {
  const { v6, src0, src1, src2, src3, dst0, dst1, dst2, dst3, srcPort, dstPort } = cursor;
  const text = (...words: [number, number, number, number]): string =>
    v6 ? ipv6Text(words) : ipv4Text(words[3]);
  return {
    client: { address: text(src0, src1, src2, src3), port: srcPort },
    server: { address: text(dst0, dst1, dst2, dst3), port: dstPort },
  };
}
