// One TCP connection: its ends, and per direction what was delivered and what is held back.
import type { FlowDecoder, FlowEnds, Side } from "../flow.ts";
import { ipv4Text, ipv6Text } from "../ip/address.ts";
import type { Cursor } from "../link/cursor.ts";
import type { TcpHeader } from "./header.ts";

/** Payload that came before its turn. Plain copies: they outlive the packet. */
export interface Held {
  seq: number;
  /** On the wire; more than `bytes` when the capture cut the packet. */
  length: number;
  bytes: Buffer;
  readonly at: number;
  readonly ack: number;
  readonly isAck: boolean;
  readonly isFin: boolean;
}

/** "guessed" positions (first packet seen, or an ACK of the other side) may still move back; "sure" ones came from SYN. */
export type Position = "unknown" | "guessed" | "sure";

/** One direction. Sequence numbers are signed 32-bit integers; differences are taken as `(a - b) | 0`. */
export class Half {
  position: Position = "unknown";
  /** Sequence number of the next byte to deliver. */
  next = 0;
  /** Sequence number of the first byte. */
  start = 0;
  /** Stream offset of `next`. */
  offset = 0;
  /** Any packet of this direction was captured. */
  heard = false;
  /** Nothing of it came for as long as a mirror may be late: it is not captured, its bytes are elsewhere. */
  silent = false;
  delivered = false;
  ended = false;
  finSeen = false;
  /** Highest acknowledgment the other direction gave, when `acked`. */
  ackMax = 0;
  acked = false;
  /** In order of sequence, without overlap. */
  held: Held[] = [];
  heldBytes = 0;
  /** Since when the first held segment has been waiting. */
  waitingSince = 0;

  /** Stream offset of a sequence number, -1 when nothing is known about this direction. */
  offsetOf(seq: number): number {
    return this.position === "unknown" ? -1 : Math.max(0, this.offset + ((seq - this.next) | 0));
  }
}

export interface End {
  readonly address: string;
  readonly port: number;
}

export type Stage = "half-open" | "open" | "closing";

/** Class because of the hot path; linked into its hash chain and its stage's list by its own fields. */
export class Flow {
  readonly id: number;
  readonly hash: number;
  readonly v6: boolean;
  /** Networks it was seen in: the first, and the latest other one whose sequence numbers fit. */
  readonly scope: number;
  otherScope: number;
  /** Words of the two addresses: a sent the first packet. */
  readonly a: Int32Array | number;
  readonly b: Int32Array | number;
  readonly aPort: number;
  readonly bPort: number;
  readonly halves: readonly [Half, Half] = [new Half(), new Half()];
  chain: Flow | null = null;
  newer: Flow | null = null;
  older: Flow | null = null;
  stage: Stage = "half-open";
  lastAt = 0;
  /** Which half the client sends on: certain from a SYN, else the sender of the first packet until told otherwise. */
  client: Side = 0;
  sawSyn = false;
  sawReset = false;
  /** A later copy of a byte differed from the first; handed to the next exchange and cleared. */
  conflict = false;
  /** The client proved itself with a certificate. */
  mutualTls = false;
  decoder: FlowDecoder | null = null;
  /** What it weighed when it was last looked at. */
  weight = 0;
  /** When held data is looked at next. */
  checkAt = 0;

  constructor(id: number, hash: number, cursor: Cursor, header: TcpHeader) {
    this.id = id;
    this.hash = hash;
    this.v6 = cursor.v6;
    this.scope = this.otherScope = cursor.scope;
    this.a = cursor.v6 ? Int32Array.of(cursor.src0, cursor.src1, cursor.src2, cursor.src3) : cursor.src3;
    this.b = cursor.v6 ? Int32Array.of(cursor.dst0, cursor.dst1, cursor.dst2, cursor.dst3) : cursor.dst3;
    this.aPort = header.srcPort;
    this.bPort = header.dstPort;
  }

  /** Which half a packet belongs to, or -1 when it is not of this connection. */
  sideOf(cursor: Cursor, header: TcpHeader): Side | -1 {
    if (this.v6 !== cursor.v6) return -1;
    const isForward = header.srcPort === this.aPort && header.dstPort === this.bPort;
    if (isForward && isSource(cursor, this.a) && isDestination(cursor, this.b)) return 0;
    const isBackward = header.srcPort === this.bPort && header.dstPort === this.aPort;
    return isBackward && isSource(cursor, this.b) && isDestination(cursor, this.a) ? 1 : -1;
  }

  /** Whether a packet of this side continues what was heard: its own numbers, or what it acknowledges. */
  fits(side: Side, { isSyn, isAck, seq, ack }: TcpHeader): boolean {
    const own = this.halves[side];
    const peer = this.halves[side === 0 ? 1 : 0];
    if (own.position !== "unknown") return isSyn ? seq === own.start : isNear(seq, own.next);
    return isAck && peer.position !== "unknown" && isNear(ack, peer.next);
  }

  end(half: Side): End {
    return half === 0 ? endOf(this.a, this.aPort) : endOf(this.b, this.bPort);
  }

  /** The ends as decoders see them, with `client` as it stands now. */
  ends(client: Side): FlowEnds {
    const server: Side = client === 0 ? 1 : 0;
    const [forward, backward] = [this.halves[client], this.halves[server]];
    return {
      client: this.end(client),
      server: this.end(server),
      midstream: !this.sawSyn,
      heard: (side) => (side === 0 ? forward : backward).heard,
    };
  }
}

/** What may be in flight or late; numbers of another connection come this close once in 2,000 times. */
const NEAR = 1_048_576;

function isNear(a: number, b: number): boolean {
  return Math.abs((a - b) | 0) <= NEAR;
}

function isSource(cursor: Cursor, end: Int32Array | number): boolean {
  if (typeof end === "number") return cursor.src3 === end;
  const isNear = cursor.src3 === end[3] && cursor.src2 === end[2];
  return isNear && cursor.src1 === end[1] && cursor.src0 === end[0];
}

function isDestination(cursor: Cursor, end: Int32Array | number): boolean {
  if (typeof end === "number") return cursor.dst3 === end;
  const isNear = cursor.dst3 === end[3] && cursor.dst2 === end[2];
  return isNear && cursor.dst1 === end[1] && cursor.dst0 === end[0];
}

function endOf(address: Int32Array | number, port: number): End {
  return {
    address: typeof address === "number" ? ipv4Text(address) : ipv6Text([...address]),
    port,
  };
}
