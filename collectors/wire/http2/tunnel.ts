// WebSocket over one HTTP/2 stream (RFC 8441): hands the stream's data to the decoder that reads it on TCP, too.
import type { FlowDecoder, Side, WireSink } from "../flow.ts";
import { createWebSocketDecoder } from "../websocket/decoder.ts";
import { type Surroundings, exchangeOf } from "./exchange.ts";
import { statusOf } from "./message.ts";
import type { Stream, StreamTunnel } from "./stream.ts";

/*
  RFC 8441, section 5: ":method" CONNECT with ":protocol" websocket asks; a status of 2xx agrees. From then on the DATA
  frames of both directions carry what follows the handshake of RFC 6455, and END_STREAM closes a direction.
*/
export function agreesToWebSocket({ request, response }: Stream): boolean {
  if (request.head === null || response.head === null) return false;
  const { pseudo } = request.head;
  const status = statusOf(response.head) ?? 0;
  const asks = pseudo.get("method") === "CONNECT" && pseudo.get("protocol")?.toLowerCase() === "websocket";
  return asks && status >= 200 && status < 300;
}

const UNENDED: ReadonlySet<string> = new Set(["request-partial", "response-partial", "upgraded"]);

/** The decoder behind a stream that agreed; null where there is nothing to hand it. */
export function openTunnel(
  sink: WireSink,
  stream: Stream,
  around: Surroundings,
  patienceMs: number,
): StreamTunnel | null {
  // Clients may speak before the answer is there; whoever listens to them knows what of it is missing.
  const { size, whole } = stream.request.body;
  const early = stream.request.body.take();
  const agreed = exchangeOf(stream, around);
  if (agreed === null || agreed.outcome.kind !== "answered") return null;
  const { request, outcome, startedAt, flags } = agreed;
  const answeredAt = agreed.answeredAt ?? startedAt;
  const kept = flags.filter((flag) => !UNENDED.has(flag));
  const handshake = { request, response: outcome.response, startedAt, answeredAt, flags: kept };
  const { client, server, midstream } = around;
  const ends = { client: { ...client, port: client.port ?? 0 }, server, midstream };
  const tunnel = new Tunnel(createWebSocketDecoder(ends, sink, handshake, { patienceMs }));
  if (whole) tunnel.data(0, early, answeredAt);
  else tunnel.gap(0, size, answeredAt);
  return tunnel;
}

const NOTHING = new Uint8Array(0);

class Tunnel implements StreamTunnel {
  readonly #decoder: FlowDecoder;
  readonly #offsets: [number, number] = [0, 0];
  #lastAt = 0;

  constructor(decoder: FlowDecoder) {
    this.#decoder = decoder;
  }

  get weight(): number {
    return this.#decoder.weight;
  }

  data(side: Side, bytes: Uint8Array, at: number): void {
    this.#lastAt = at;
    this.#decoder.data({ side, bytes, at, offset: this.#offsets[side], acked: -1 });
    this.#offsets[side] += bytes.length;
  }

  gap(side: Side, length: number, at: number): void {
    this.#decoder.gap(side, this.#offsets[side], length, at);
    this.#offsets[side] += length;
  }

  wait(at: number): void {
    this.data(0, NOTHING, at);
  }

  // More than any frame has left.
  lose(side: Side): void {
    this.gap(side, Number.MAX_SAFE_INTEGER, this.#lastAt);
  }

  end(): void {
    this.#decoder.end(0, this.#lastAt, "fin");
    this.#decoder.end(1, this.#lastAt, "fin");
  }
}
