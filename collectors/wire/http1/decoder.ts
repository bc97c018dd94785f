// HTTP/1 on one connection: two readers, the pairing between them, and the exchanges that come out.
import type { Exchange, Source } from "../../../src/model/exchange.ts";
import { Allowance } from "../allowance.ts";
import { ownCopy } from "../bytes.ts";
import { tellStream } from "../stream/tap.ts";
import type { FlowDecoder, FlowEnds, Segment, Side, WireSink } from "../flow.ts";
import { exchangeOf, orphanOf, type Setting } from "./exchange-of.ts";
import { MessageReader } from "./message-reader.ts";
import { Pairing, type PairingOut } from "./pairing.ts";
import { type RequestEvents, RequestOwner, type Tell } from "./request-owner.ts";
import { type ResponseEvents, ResponseOwner } from "./response-owner.ts";
import type { Answering, Asking, Unknown } from "./talk.ts";

/** The end of HTTP/1 on a connection. */
export interface Leaving {
  /** The upgrade token in lower case, or "connect". */
  readonly what: string;
  readonly ends: FlowEnds;
  /** The exchange that agreed on it; null when its request was not heard. */
  readonly handshake: Exchange | null;
}

/** What reads the connection from there on, and whether it reports the handshake itself. */
export interface Successor {
  readonly decoder: FlowDecoder;
  readonly tellsHandshake: boolean;
}

export type TakeOver = (leaving: Leaving) => Successor;

export interface Http1Options {
  readonly source: Source;
  readonly scheme: "http" | "https";
  readonly takeOver: TakeOver;
  /** Report a response without declared end after this many ms of capture time instead of at its end. */
  readonly patienceMs: number;
  /** Shared by all connections. */
  readonly tell: Omit<Tell, "allowance">;
  /** The first bytes are not the first of the connection. */
  readonly isMidstream: boolean;
}

/** Client bytes kept while it is open whether an upgrade is accepted; one window of early data. */
const MAX_EARLY = 65_536;

/** What a connection costs between messages. */
const OWN_BYTES = 2_400;

/** Listens to its own parts itself: a closure for each of their events would be most of what a connection costs. */
export class Http1Decoder implements FlowDecoder, PairingOut, RequestEvents, ResponseEvents {
  readonly #sink: WireSink;
  readonly #options: Http1Options;
  readonly #allowance: Allowance;
  readonly #setting: Setting;
  readonly #pairing: Pairing;
  readonly #requests: MessageReader<Asking>;
  readonly #responses: MessageReader<Answering>;
  readonly #responseOwner: ResponseOwner;
  readonly #open = new Set<Asking>();
  #successor: FlowDecoder | null = null;
  /** The exchange after which the connection speaks something else. */
  #handshake: Exchange | null = null;
  /** Client bytes behind a request that may end HTTP/1 on this connection, held until it is answered. */
  #early: ((to: FlowDecoder) => void)[] = [];
  #earlyBytes = 0;
  #isHeard = false;
  #isAborted = false;
  readonly #isEnded: [boolean, boolean] = [false, false];

  constructor(ends: FlowEnds, sink: WireSink, options: Http1Options) {
    this.#sink = sink;
    this.#options = options;
    this.#setting = { ends, source: options.source, scheme: options.scheme };
    this.#pairing = new Pairing(this);
    const { count, weird } = options.tell;
    this.#allowance = new Allowance(count);
    const tell = { count, weird, allowance: this.#allowance };
    this.#responseOwner = new ResponseOwner(tell, this);
    this.#requests = new MessageReader(new RequestOwner(tell, this), options.isMidstream);
    this.#responses = new MessageReader(this.#responseOwner, options.isMidstream);
  }

  get weight(): number {
    return OWN_BYTES + this.#allowance.used + (this.#successor?.weight ?? 0);
  }

  data(segment: Segment): void {
    if (this.#successor !== null) return this.#successor.data(segment);
    if (segment.side === 1) this.#response(segment);
    else this.#request(segment);
  }

  gap(side: Side, offset: number, length: number, at: number): void {
    if (this.#successor !== null) return this.#successor.gap(side, offset, length, at);
    if (side === 1) return this.#responses.gap(offset, length, at);
    if (this.#requests.isOver) this.#early.push((to) => to.gap(side, offset, length, at));
    else this.#requests.gap(offset, length, at);
  }

  end(side: Side, at: number, how: Parameters<FlowDecoder["end"]>[2]): void {
    if (this.#successor !== null) return this.#successor.end(side, at, how);
    const isClean = how === "fin";
    if (how === "rst") this.#isAborted = true;
    if (side === 0) this.#requests.end(isClean, at);
    else this.#responses.end(isClean, at);
    this.#isEnded[side] = true;
    if (!this.#isEnded[0] || !this.#isEnded[1]) return;
    this.#takeEarly();
    this.#pairing.end(true);
    for (const asking of this.#open) this.#emit(asking);
  }

  #request(segment: Segment): void {
    if (this.#requests.isOver) return this.#keepEarly(segment);
    this.#requests.data(segment);
    const { pos } = this.#requests.window;
    if (this.#requests.isOver && pos < segment.bytes.length) this.#keepEarly(rest(segment, pos));
  }

  #keepEarly(segment: Segment): void {
    const size = segment.bytes.length;
    if (this.#earlyBytes + size > MAX_EARLY || !this.#allowance.take(size)) return;
    this.#earlyBytes += size;
    const kept = { ...segment, bytes: ownCopy(segment.bytes) };
    this.#early.push((to) => to.data(kept));
  }

  #response(segment: Segment): void {
    this.#isHeard = true;
    this.#responses.data(segment);
    this.#reportEndless(segment.at);
    if (this.#responses.isOver && this.#responseOwner.upgrade !== null) this.#handOver(segment);
  }

  /** The rest of this segment and all that follows is another protocol. */
  #handOver(segment: Segment): void {
    for (const asking of this.#open) this.#emit(asking);
    const handshake = this.#handshake;
    const what = this.#responseOwner.upgrade ?? "";
    const { decoder, tellsHandshake } = this.#options.takeOver({ what, ends: this.#setting.ends, handshake });
    if (handshake !== null && !tellsHandshake) this.#sink.exchange(handshake);
    this.#successor = decoder;
    for (const play of this.#takeEarly()) play(decoder);
    const { pos } = this.#responses.window;
    if (pos < segment.bytes.length) decoder.data(rest(segment, pos));
  }

  #takeEarly(): ((to: FlowDecoder) => void)[] {
    const early = this.#early;
    this.#allowance.give(this.#earlyBytes);
    this.#early = [];
    this.#earlyBytes = 0;
    return early;
  }

  answered(answering: Answering): void {
    this.#pairing.answer(answering, this.#requests.isInHead);
    if (!this.#requests.isOver || this.#isEnded[0] || this.#responseOwner.leaves(answering)) return;
    this.#requests.resume();
    for (const play of this.#takeEarly()) play(this);
  }

  isServerHeard(): boolean {
    return this.#isHeard || (this.#setting.ends.heard?.(1) ?? false);
  }

  requestDone(asking: Asking): void {
    this.#report(asking);
  }

  requestsLost(end: number): void {
    this.#pairing.lostRequests(end);
  }

  responsesLost(end: number, isWithin: boolean): void {
    this.#pairing.lostResponses(end, isWithin);
  }

  isAnswerable({ answer, unknown }: Asking): boolean {
    return answer === null && unknown === null && this.isServerHeard();
  }

  asked(asking: Asking): void {
    if (this.#pairing.opensFlight(asking)) this.#responses.sync(asking.place.acked);
    this.#open.add(asking);
    this.#pairing.ask(asking);
  }

  continued(): void {
    const { next } = this.#pairing;
    if (next !== null) next.isContinued = true;
  }

  pair(asking: Asking, answering: Answering): void {
    asking.answer = answering;
    answering.asking = asking;
    this.#report(asking);
  }

  responseDone(answering: Answering): void {
    if (answering.asking !== null) this.#report(answering.asking);
    else if (answering.isReported) this.#reportOrphan(answering);
  }

  unanswered(asking: Asking, why: Unknown): void {
    asking.unknown = why;
    this.#report(asking);
  }

  /** `isReported` on an orphan means that it is known to be one. */
  orphan(answering: Answering): void {
    answering.isReported = true;
    if (answering.isDone) this.#reportOrphan(answering);
  }

  #reportOrphan(answering: Answering): void {
    this.#options.tell.count("http1.orphan-responses");
    const exchange = orphanOf(this.#setting, answering);
    answering.message.release();
    this.#sink.exchange(exchange);
  }

  /** Once both halves are as complete as they get. */
  #report(asking: Asking): void {
    const isAnswered = asking.answer !== null && asking.answer.isDone;
    if (asking.isDone && (isAnswered || asking.unknown !== null)) this.#emit(asking);
  }

  #emit(asking: Asking): void {
    if (!this.#open.delete(asking)) return;
    if (asking.answer !== null && !asking.answer.isDone) asking.answer.message.isPartial = true;
    const isCutOff = asking.answer === null || asking.answer.message.isPartial;
    const exchange = this.#streamed(asking, exchangeOf(this.#setting, asking, this.#isAborted && isCutOff));
    asking.message.release();
    asking.answer?.message.release();
    if (asking.answer !== null && this.#responseOwner.leaves(asking.answer)) this.#handshake = exchange;
    else this.#sink.exchange(exchange);
  }

  /** With how it streamed, if it did. */
  #streamed({ answer }: Asking, exchange: Exchange): Exchange {
    const tap = answer?.message.tap ?? null;
    const stream = tap === null ? undefined : tellStream([null, tap], this.#sink);
    return stream === undefined ? exchange : { ...exchange, stream };
  }

  /** Event streams may never end: they are reported once, after a while, with what came until then. */
  #reportEndless(at: number): void {
    const { endless } = this.#responseOwner;
    if (endless === null || at - endless.place.at < this.#options.patienceMs) return;
    const { asking } = endless;
    if (asking === null || !asking.isDone) return;
    this.#emit(asking);
  }
}

function rest(segment: Segment, pos: number): Segment {
  return { ...segment, bytes: segment.bytes.subarray(pos), offset: segment.offset + pos };
}
