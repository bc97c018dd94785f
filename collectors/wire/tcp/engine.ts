// Follows every TCP connection of one tap: finds its flow, feeds reassembly, ends it when it ends.
import type { Counter } from "../counters.ts";
import type { FlowDecoder, Side } from "../flow.ts";
import type { Cursor } from "../link/cursor.ts";
import { DuplicateFilter } from "./duplicates.ts";
import { FLOW_LIMITS, type FlowLimits, FlowTable } from "./flow-table.ts";
import type { Flow } from "./flow.ts";
import { TcpHeader } from "./header.ts";
import { type Reassembly, acknowledge, arrive, finish, force, place, review } from "./reassembly.ts";

/** Held over all connections; with the copies' overhead this stays below 60 MB. */
const MAX_POOL = 48 * 1_048_576;
/**
 * What decoders may keep of all connections. Twice as much is what the heap grows to before it is cleaned; with the held
 * segments, the connections themselves and Node's own 60 MB that stays below 300 MB.
 */
const MAX_WEIGHT = 64 * 1_048_576;
/** Waiting connections are looked at again after this much capture time. */
const REVIEW_MS = 1_000;
/** Connections looked at per packet at most. */
const REVIEWS = 64;

type How = Parameters<FlowDecoder["end"]>[2];

export interface TcpEngineParts {
  readonly count: Counter;
  /** Called once per connection, before its first byte is delivered. Sides are as in `flow.halves`. */
  readonly decoderFor: (flow: Flow) => FlowDecoder;
  readonly limits?: FlowLimits;
}

export class TcpEngine {
  readonly #parts: TcpEngineParts;
  readonly #count: Counter;
  readonly #table: FlowTable;
  readonly #header = new TcpHeader();
  readonly #duplicates = new DuplicateFilter();
  /** Flows that hold something, the one to be looked at next first. */
  readonly #waiting = new Set<Flow>();
  readonly #reassembly: Reassembly;
  #pool = 0;
  #weight = 0;
  #segments = 0;
  #now = 0;
  /** The connection whose bytes are being decoded. */
  current: Flow | null = null;

  constructor(parts: TcpEngineParts) {
    this.#parts = parts;
    this.#count = parts.count;
    this.#table = new FlowTable(parts.limits ?? FLOW_LIMITS, (flow, why) => this.#forget(flow, why));
    this.#reassembly = {
      count: parts.count,
      held: (by) => (this.#pool += by),
      waiting: (flow, isWaiting) => this.#wait(flow, isWaiting),
      data: (flow, segment) => this.#decoder(flow).data(segment),
      gap: (flow, side, { offset, length, at }) => this.#gap(flow, side, { offset, length, at }),
      end: (flow, side, at) => this.#end(flow, side, at),
    };
  }

  /** False when the header is not all there. */
  segment(cursor: Cursor, at: number, now: number): boolean {
    const header = this.#header;
    this.#now = now;
    if (!header.read(cursor, at)) return false;
    this.#segments++;
    const flow = this.#flowOf(cursor, header);
    if (flow === null) this.#count("tcp.ignored");
    else {
      this.#take(flow, flow.sideOf(cursor, header) as Side, header);
      this.#weigh(flow);
    }
    return true;
  }

  /** Too much is kept: the connections silent for longest go, until it is not. */
  #weigh(flow: Flow): void {
    const weight = flow.decoder?.weight ?? 0;
    this.#weight += weight - flow.weight;
    flow.weight = weight;
    while (this.#weight > MAX_WEIGHT && this.#table.evictOldest());
  }

  /** Lets time pass: late holes are given up, silent connections forgotten. */
  tick(now: number): void {
    this.#now = now;
    this.#countSegments();
    this.#table.sweep(now);
    let left = REVIEWS;
    for (const flow of this.#waiting) {
      if (flow.checkAt > now || left-- === 0) break;
      this.#waiting.delete(flow);
      flow.checkAt = now + REVIEW_MS;
      this.#waiting.add(flow);
      this.current = flow;
      review(this.#reassembly, flow, now);
    }
  }

  /** One call for many: this runs for every packet. */
  #countSegments(): void {
    this.#count("tcp.segments", this.#segments);
    this.#segments = 0;
  }

  /** The capture is over. */
  end(): void {
    this.#countSegments();
    for (const flow of this.#table.all()) this.#close(flow, flow.sawReset ? "rst" : "capture-end");
  }

  /** A SYN of a new connection on known ports, or any payload, opens a flow; stray ACKs, FINs and RSTs do not. */
  #flowOf(cursor: Cursor, header: TcpHeader): Flow | null {
    const known = this.#table.find(cursor, header);
    if (known !== null) {
      if (!this.#isReuse(known, cursor, header)) return known;
      this.#close(known, known.sawReset ? "rst" : "evicted");
    }
    return header.isRst || (!header.isSyn && header.length === 0) ? null : this.#open(cursor, header);
  }

  #open(cursor: Cursor, header: TcpHeader): Flow {
    const flow = this.#table.open(cursor, header, this.#now);
    flow.client = header.isSyn && header.isAck ? 1 : 0;
    this.#count("tcp.flows");
    if (!header.isSyn) this.#count("tcp.midstream");
    return flow;
  }

  /** A SYN with another sequence number than the one the connection began with. */
  #isReuse(flow: Flow, cursor: Cursor, header: TcpHeader): boolean {
    if (!header.isSyn) return false;
    const half = flow.halves[flow.sideOf(cursor, header) as Side];
    if (half.position === "unknown" || half.start === header.seq) return false;
    return !header.isAck || half.delivered || half.ended;
  }

  #take(flow: Flow, side: Side, header: TcpHeader): void {
    const half = flow.halves[side];
    const hasPayload = header.length > 0;
    if (hasPayload && this.#duplicates.isRepeat(flow.id, side, header, this.#now)) {
      return this.#count("packets.duplicate");
    }
    this.#table.touch(flow, this.#now);
    half.heard = true;
    half.silent = false;
    this.current = flow;
    if (header.isSyn) this.#synchronise(flow, side, header);
    if (header.isAck) acknowledge(flow.halves[side === 0 ? 1 : 0], header.ack);
    if (header.isRst) return this.#reset(flow);
    if (hasPayload || header.isFin) this.#payload(flow, side, header);
    else place(half, header.seq);
  }

  #payload(flow: Flow, side: Side, header: TcpHeader): void {
    if (flow.stage === "half-open" && header.length > 0) this.#table.stage(flow, "open");
    arrive(this.#reassembly, flow, side, header);
    if (this.#pool > MAX_POOL) this.#relieve();
  }

  #synchronise(flow: Flow, side: Side, header: TcpHeader): void {
    const half = flow.halves[side];
    if (half.position === "sure" || half.delivered) return;
    half.position = "sure";
    half.next = half.start = header.seq;
    half.offset = 0;
    flow.sawSyn = true;
  }

  /** Connections reset by someone off the path go on: only silence afterwards makes a reset final. */
  #reset(flow: Flow): void {
    flow.sawReset = true;
    this.#table.stage(flow, "closing");
  }

  #decoder(flow: Flow): FlowDecoder {
    this.current = flow;
    flow.decoder ??= this.#parts.decoderFor(flow);
    return flow.decoder;
  }

  #gap(flow: Flow, side: Side, gap: { offset: number; length: number; at: number }): void {
    this.#count("tcp.gaps");
    this.#count("tcp.gap-bytes", gap.length);
    this.#decoder(flow).gap(side, gap.offset, gap.length, gap.at);
  }

  #end(flow: Flow, side: Side, at: number): void {
    flow.decoder?.end(side, at, "fin");
    if (flow.halves[0].ended && flow.halves[1].ended) this.#table.stage(flow, "closing");
  }

  #wait(flow: Flow, isWaiting: boolean): void {
    if (!isWaiting) {
      this.#waiting.delete(flow);
    } else if (!this.#waiting.has(flow)) {
      flow.checkAt = this.#now + REVIEW_MS;
      this.#waiting.add(flow);
    }
  }

  /** Too much is held: the holes that have waited longest are given up. */
  #relieve(): void {
    for (const flow of this.#waiting) {
      if (this.#pool <= MAX_POOL) return;
      this.#count("tcp.evicted-holes");
      this.current = flow;
      for (const side of [0, 1] as const) while (force(this.#reassembly, flow, side, this.#now));
    }
  }

  #forget(flow: Flow, why: "idle" | "evicted"): void {
    if (why === "evicted") this.#count("tcp.evicted-flows");
    this.#close(flow, flow.sawReset ? "rst" : why);
  }

  #close(flow: Flow, how: How): void {
    this.current = flow;
    finish(this.#reassembly, flow, this.#now);
    for (const side of [0, 1] as const) {
      if (!flow.halves[side].ended) flow.decoder?.end(side, flow.lastAt, how);
      flow.halves[side].ended = true;
    }
    flow.decoder = null;
    this.#weight -= flow.weight;
    flow.weight = 0;
    this.#table.remove(flow);
    this.current = null;
  }
}
