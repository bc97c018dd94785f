// The live streams of one HTTP/2 connection: opens them, fills them, and tells each one's exchange exactly once.
import type { Request } from "../../../src/model/exchange.ts";
import { countersOf } from "../counters.ts";
import type { Counter } from "../counters.ts";
import type { FlowEnds, Side, WireSink } from "../flow.ts";
import { exchangeOf } from "./exchange.ts";
import type { Surroundings } from "./exchange.ts";
import type { TimedHeader } from "./frame-reader.ts";
import { END_STREAM } from "./frames.ts";
import type { FieldSection } from "./header-blocks.ts";
import { BodyBudget } from "./kept-body.ts";
import { SoleAuthority } from "./sole-authority.ts";
import { openStream, takeSection, touch } from "./stream.ts";
import { Taps } from "./taps.ts";
import { ToldStreams } from "./told.ts";
import type { Half, Stream, StreamTunnel } from "./stream.ts";
import { agreesToWebSocket, openTunnel } from "./tunnel.ts";

// Ten times the usual SETTINGS_MAX_CONCURRENT_STREAMS of servers.
const MAX_STREAMS = 1024;

// Of all live streams of a connection: 4 KiB each when there are as many as there may be.
const MAX_HEADER_COST = 4_194_304;

// What a stream costs beyond what is kept of it; and a kept field's text costs twice.
const STREAM_BYTES = 1_000;

// WebSockets that are read at a time: 640 KiB each at worst, before they are told. Proxies put some dozens on a connection.
const MAX_TUNNELS = 64;

// Endless answers (events, watches) must not wait for an end that never comes; most ordinary ones are over by then.
const PATIENCE_MS = 5000;

/** As the decoder's options, which explain them. */
export interface StreamsOptions {
  readonly upgraded?: Request;
  readonly upgradedAt?: number;
  readonly patienceMs?: number;
}

export class Streams {
  private readonly ends: FlowEnds;
  private readonly sink: WireSink;
  private readonly count: Counter;
  private readonly upgraded: Request | null;
  private readonly upgradedAt: number | null;
  private readonly patienceMs: number;
  private readonly live = new Map<number, Stream>();
  private readonly told = new ToldStreams(MAX_STREAMS);
  private readonly budget = new BodyBudget();
  private readonly spoke = [false, false];
  private midstream: boolean;
  /** Who sends requests. A guess for connections heard from their middle, until a method or a status was seen. */
  private requester: Side = 0;
  private rolesKnown: boolean;
  private nextDue = Infinity;
  private headerCost = 0;
  private tunnels: readonly StreamTunnel[] = [];
  private readonly taps: Taps;
  private readonly authority = new SoleAuthority();

  constructor(ends: FlowEnds, sink: WireSink, options: StreamsOptions) {
    this.ends = ends;
    this.sink = sink;
    this.taps = new Taps(sink);
    this.count = countersOf(sink);
    this.upgraded = options.upgraded ?? null;
    this.upgradedAt = options.upgradedAt ?? null;
    this.patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.midstream = ends.midstream;
    this.rolesKnown = !ends.midstream;
  }

  get weight(): number {
    const streams = this.live.size * STREAM_BYTES;
    const kept = streams + this.told.weight + this.headerCost * 2 + this.budget.used + this.taps.weight;
    return this.tunnels.reduce((sum, { weight }) => sum + weight, kept);
  }

  heard(side: Side, at: number): void {
    if (this.upgraded !== null && !this.spoke.includes(true)) this.openUpgraded(at);
    this.spoke[side] = true;
  }

  /** The preface was seen after all. */
  fromStart(): void {
    this.midstream = false;
    this.rolesKnown = true;
  }

  section(side: Side, section: FieldSection): void {
    if (section.promised !== null) return this.promise(section.promised, section);
    this.learnRoles(side, section);
    if (section.endStream && side !== this.requester) this.taps.end(section.stream);
    const stream = this.at(section.stream);
    if (stream === null) return;
    const half = this.half(stream, side);
    this.headerCost -= half.cost;
    const kind = takeSection(half, section);
    this.headerCost += half.cost;
    if (kind === "interim") return this.count("h2.interim");
    if (kind === "head") this.opened(stream, half);
    this.settle(stream);
    while (this.headerCost > MAX_HEADER_COST && this.live.size > 0) this.makeRoom("h2.headers-limit");
  }

  /** A head of it is known. */
  private opened(stream: Stream, half: Half): void {
    this.dig(stream);
    if (stream.tunnel === null) this.taps.open(half, half === stream.request ? 0 : 1);
  }

  data(side: Side, id: number, bytes: Uint8Array, at: number): void {
    if (this.taps.follows(id)) return this.taps.followed(id, this.from(side), bytes, at);
    const stream = this.at(id);
    if (stream === null) return;
    if (stream.tunnel !== null) return stream.tunnel.data(this.from(side), bytes, at);
    this.taps.data(this.half(stream, side), bytes, at);
  }

  dataGap(side: Side, header: TimedHeader, length: number): void {
    this.taps.followed(header.stream, this.from(side), null, header.startedAt);
    const stream = this.at(header.stream);
    if (stream === null) return;
    const half = this.half(stream, side);
    half.body.gap(length);
    half.tap?.gap();
    half.missing = true;
    stream.tunnel?.gap(this.from(side), length, header.startedAt);
  }

  dataEnd(side: Side, header: TimedHeader, at: number): void {
    if ((header.flags & END_STREAM) !== 0 && side !== this.requester) this.taps.end(header.stream);
    const stream = this.at(header.stream);
    if (stream === null) return;
    const half = this.half(stream, side);
    touch(half, header.startedAt, at);
    if ((header.flags & END_STREAM) !== 0) half.ended = true;
    this.settle(stream);
  }

  reset(id: number, at: number): void {
    this.count("h2.resets");
    this.taps.end(id);
    const stream = this.live.get(id);
    if (stream === undefined) return;
    // An answer given in full before the request was: the server just wants no more of it (RFC 9113, section 8.1).
    stream.aborted = !stream.response.ended;
    touch(stream.response.startedAt === null ? stream.request : stream.response, at, at);
    this.tell(stream);
  }

  /** Frames of this side were missed. */
  lost(side: Side): void {
    this.count("h2.lost-sync");
    for (const stream of this.live.values()) {
      const half = this.half(stream, side);
      if (half.ended) continue;
      half.missing = true;
      half.tap?.gap();
      stream.tunnel?.lose(this.from(side));
    }
  }

  /** Tells what has waited long enough by `now`, capture clock. */
  sweep(now: number): void {
    if (now < this.nextDue) return;
    this.nextDue = Infinity;
    for (const stream of this.live.values()) {
      if (stream.due <= now && stream.tunnel !== null) {
        stream.tunnel.wait(now);
        stream.due = Infinity;
      } else if (stream.due <= now) {
        stream.continued = !stream.response.ended;
        this.tell(stream);
      } else this.nextDue = Math.min(this.nextDue, stream.due);
    }
  }

  flush(): void {
    for (const stream of this.live.values()) this.tell(stream);
    this.taps.endAll();
  }

  private openUpgraded(at: number): void {
    const stream = this.at(1);
    if (stream === null) return;
    touch(stream.request, this.upgradedAt ?? at, this.upgradedAt ?? at);
    stream.request.ended = true;
  }

  private promise(id: number, section: FieldSection): void {
    const stream = this.at(id);
    if (stream === null) return;
    this.count("h2.pushed");
    this.headerCost -= stream.request.cost;
    takeSection(stream.request, section);
    this.headerCost += stream.request.cost;
    stream.request.ended = true;
    this.settle(stream);
  }

  private at(id: number): Stream | null {
    const known = this.live.get(id);
    if (known !== undefined) return known;
    if (this.told.has(id)) return null;
    if (this.live.size >= MAX_STREAMS) this.makeRoom("h2.streams-limit");
    const stream = openStream(id, this.budget);
    this.live.set(id, stream);
    this.count("h2.streams");
    return stream;
  }

  private makeRoom(name: "h2.streams-limit" | "h2.headers-limit"): void {
    this.sink.weird({ name });
    const [oldest] = this.live.values();
    if (oldest !== undefined) this.tell(oldest);
  }

  private half(stream: Stream, side: Side): Half {
    return this.from(side) === 0 ? stream.request : stream.response;
  }

  /** 0 = from whoever asks. */
  private from(side: Side): Side {
    return side === this.requester ? 0 : 1;
  }

  /** The stream may have become a WebSocket. */
  private dig(stream: Stream): void {
    if (stream.tunnel !== null || !agreesToWebSocket(stream)) return;
    if (this.tunnels.length >= MAX_TUNNELS) return this.sink.weird({ name: "h2.streams-limit" });
    stream.tunnel = openTunnel(this.sink, stream, this.surroundings(null), this.patienceMs);
    if (stream.tunnel !== null) this.tunnels = [...this.tunnels, stream.tunnel];
  }

  private learnRoles(side: Side, { fields }: FieldSection): void {
    if (this.rolesKnown || fields === null) return;
    const asks = fields.some(({ name }) => name === ":method");
    if (!asks && !fields.some(({ name }) => name === ":status")) return;
    this.rolesKnown = true;
    if (asks === (side === this.requester)) return;
    this.requester = this.requester === 0 ? 1 : 0;
    for (const stream of this.live.values()) {
      [stream.request, stream.response] = [stream.response, stream.request];
    }
  }

  private settle(stream: Stream): void {
    const { request, response } = stream;
    if (request.ended && response.ended) this.tell(stream);
    else if (stream.due === Infinity && response.startedAt !== null) {
      stream.due = response.startedAt + this.patienceMs;
      this.nextDue = Math.min(this.nextDue, stream.due);
    }
  }

  private tell(stream: Stream): void {
    this.live.delete(stream.id);
    this.headerCost -= stream.request.cost + stream.response.cost;
    this.told.add(stream.id);
    this.authority.learn(stream.request);
    if (stream.tunnel !== null) {
      const { tunnel } = stream;
      this.tunnels = this.tunnels.filter((other) => other !== tunnel);
      return tunnel.end();
    }
    const around = this.surroundings(stream.id === 1 ? this.upgraded : null);
    const exchange = this.taps.tell(stream, exchangeOf(stream, around));
    // Give memory back for messages whose body went nowhere.
    stream.request.body.take();
    stream.response.body.take();
    if (exchange === null || exchange.request.method === "") this.countUnknown(stream);
    if (exchange !== null) this.sink.exchange(exchange);
  }

  private isSilent(side: Side): boolean {
    return this.spoke[side] !== true && this.ends.heard?.(side) !== true;
  }

  /** A request came, but its name stands on table entries that were not heard, or is none. */
  private countUnknown({ request }: Stream): void {
    this.count("h2.requests-unknown");
    if (request.head !== null) this.sink.weird({ name: "h2.unknown-request" });
  }

  private surroundings(upgraded: Request | null): Surroundings {
    const { client, server } = this.ends;
    const isTurned = this.requester !== 0;
    return {
      client: isTurned ? server : client,
      server: isTurned ? client : server,
      authority: this.authority.name,
      midstream: this.midstream,
      oneWay: this.isSilent(isTurned ? 0 : 1),
      upgraded,
    };
  }
}
