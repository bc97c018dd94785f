// A WebSocket connection after its handshake (RFC 6455): one exchange for the whole of it, told once.
import type { Body, Exchange, ExchangeFlag, Request, Response } from "../../../src/model/exchange.ts";
import { NO_BODY } from "../../../src/model/exchange.ts";
import { countersOf } from "../counters.ts";
import type { FlowDecoder, FlowEnds, Segment, Side, WireSink } from "../flow.ts";
import { deflateAgreement } from "./inflate.ts";
import { tellStream } from "../stream/tap.ts";
import { MessageDirection } from "./messages.ts";

/** The request and the 101 that opened the connection; who read them emits nothing for them. */
export interface WebSocketHandshake {
  readonly request: Request;
  readonly response: Response;
  readonly startedAt: number;
  readonly answeredAt: number;
  readonly flags?: readonly ExchangeFlag[];
}

export interface WebSocketOptions {
  /** Milliseconds of capture time from the 101 to the telling; 5,000 when absent, Infinity to wait for the end. */
  readonly patienceMs?: number;
}

// Connections live for hours; the inventory must not wait for their end, and the first messages show their shape.
const PATIENCE_MS = 5000;

/**
 * Emits the handshake as one exchange of protocol "websocket" with the flag "upgraded", `patienceMs` after the 101 (flag
 * "continued") or at the end of the connection, whichever comes first; what comes later is told as `stream`. The text messages
 * heard until then, joined by line feeds, are the bodies of its request (from the client) and response (from the server).
 */
export function createWebSocketDecoder(
  ends: FlowEnds,
  sink: WireSink,
  handshake: WebSocketHandshake,
  options: WebSocketOptions = {},
): FlowDecoder {
  return new Connection(ends, sink, handshake, options);
}

// What a connection costs beyond the messages kept, the heads of its handshake included.
const OWN_BYTES = 6_000;

class Connection implements FlowDecoder {
  private readonly ends: FlowEnds;
  private readonly sink: WireSink;
  private readonly handshake: WebSocketHandshake;
  private readonly patienceMs: number;
  private readonly directions: readonly [MessageDirection, MessageDirection];
  private readonly ended: [boolean, boolean] = [false, false];
  private readonly flags: Set<ExchangeFlag>;
  private lastAt: number;
  private told = false;

  constructor(ends: FlowEnds, sink: WireSink, handshake: WebSocketHandshake, options: WebSocketOptions) {
    this.ends = ends;
    this.sink = sink;
    this.handshake = handshake;
    this.patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.lastAt = handshake.answeredAt;
    this.flags = new Set<ExchangeFlag>([...(handshake.flags ?? []), "upgraded"]);
    const [up = null, down = null] = deflateAgreement(handshake.response.headers) ?? [];
    this.directions = [new MessageDirection(sink, true, up), new MessageDirection(sink, false, down)];
  }

  get weight(): number {
    const [up, down] = this.directions;
    return OWN_BYTES + up.size + down.size;
  }

  data({ side, bytes, at }: Segment): void {
    this.tellWhenDue(at);
    this.lastAt = at;
    this.directions[side].reader.push(bytes, at);
  }

  gap(side: Side, _offset: number, length: number, at: number): void {
    this.tellWhenDue(at);
    if (!this.told) this.flags.add("gap");
    this.directions[side].reader.gap(length, at);
  }

  end(side: Side): void {
    if (this.ended[side]) return;
    this.ended[side] = true;
    if (!this.ended[0] || !this.ended[1]) return;
    this.tell();
    const count = countersOf(this.sink);
    for (const { counts, tap } of this.directions) {
      count("websocket.messages", counts.messages);
      count("websocket.bytes", counts.bytes);
      tap.end();
    }
  }

  private tellWhenDue(now: number): void {
    if (this.told || now - this.handshake.answeredAt < this.patienceMs) return;
    this.flags.add("continued");
    this.tell();
  }

  private tell(): void {
    if (this.told) return;
    this.told = true;
    const { request, response, startedAt, answeredAt } = this.handshake;
    const [up, down] = this.directions;
    const exchange: Exchange = {
      startedAt,
      answeredAt,
      endedAt: this.lastAt,
      source: "mirror",
      protocol: "websocket",
      client: this.ends.client,
      server: this.ends.server,
      request: { ...request, body: this.bodyOf(up) },
      outcome: { kind: "answered", response: { ...response, body: this.bodyOf(down) } },
      flags: [...this.flags],
    };
    const stream = tellStream([up.tap, down.tap], this.sink);
    this.sink.exchange(stream === undefined ? exchange : { ...exchange, stream });
  }

  private bodyOf(direction: MessageDirection): Body {
    const { bytes: size } = direction.counts;
    const text = direction.takeText();
    // All that went by was binary, or nothing did.
    if (size === 0) return NO_BODY;
    const complete = direction.whole && !this.flags.has("continued");
    return { kind: "recorded", bytes: text, size, complete };
  }
}
