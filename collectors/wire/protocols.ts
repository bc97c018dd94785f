// Which decoder reads what: the table behind detection, and who takes over when HTTP/1 is left or TLS is opened.
import type { Source } from "../../src/model/exchange.ts";
import type { WeirdName } from "../../src/model/parsed.ts";
import type { Counter } from "./counters.ts";
import { type DecoderTable, Detector } from "./detect.ts";
import type { FlowDecoder, FlowEnds, WireSink } from "./flow.ts";
import { Http1Decoder, type Http1Options, type Leaving, type Successor } from "./http1/decoder.ts";
import { createHttp2Decoder } from "./http2/decoder.ts";
import type { PortTable } from "./ports.ts";
import { createTlsDecoder, type KeyLog, type TlsFlowFacts } from "./tls/decoder.ts";
import { createWebSocketDecoder } from "./websocket/decoder.ts";

export interface Decoding {
  readonly sink: WireSink;
  readonly count: Counter;
  readonly source: Source;
  readonly keys: KeyLog;
  readonly ports: PortTable;
  /** When responses without end are reported, in ms of capture time. */
  readonly patienceMs: number;
  /** The client of the connection at hand showed a certificate. */
  readonly certified: () => void;
}

/** Decoders for what stands directly on TCP. */
export function decodersFor(decoding: Decoding): DecoderTable {
  const opened = contentDecoders(decoding, "https", () => table);
  const table: DecoderTable = {
    ...contentDecoders(decoding, "http", () => table),
    tls: ({ ends }) => {
      decoding.ports.speaks("tls", ends.server.port);
      return createTlsDecoder(ends, decoding.sink, {
        keys: decoding.keys,
        inner: (inside, alpn) => openedTls(decoding, { ends: inside, alpn, table: opened }),
        onCertificate: decoding.certified,
        patienceMs: decoding.patienceMs,
        onFlow: (facts) => tellClosed(decoding, facts),
      });
    },
  };
  return table;
}

/** What was opened is told by its exchanges. */
function tellClosed({ sink, source }: Decoding, facts: TlsFlowFacts): void {
  const { client, server, sni, ech, alpn, version, ja4, bytes, startedAt, endedAt, opened, isFurther } =
    facts;
  if (opened || startedAt === null) return;
  const times = { startedAt, endedAt: endedAt ?? startedAt };
  sink.flow?.({
    source,
    client,
    server,
    sni,
    ech,
    alpn,
    version,
    ja4,
    bytes,
    ...times,
    ...(isFurther ? { isFurther } : {}),
  });
}

type Scheme = "http" | "https";

/** `inside`: what a CONNECT tunnel or an unknown upgrade may carry. */
function contentDecoders(decoding: Decoding, scheme: Scheme, inside: () => DecoderTable): DecoderTable {
  const { sink, source, patienceMs, ports } = decoding;
  const weird = (name: WeirdName): void => sink.weird({ name });
  const tell = { count: decoding.count, weird };
  // One for all connections of a kind.
  const http1: Http1Options = {
    source,
    scheme,
    takeOver: (leaving) => takeOver(decoding, leaving, inside()),
    patienceMs,
    tell,
    isMidstream: false,
  };
  const http1Midstream = { ...http1, isMidstream: true };
  return {
    http2: ({ ends }) => {
      ports.speaks("http", ends.server.port);
      return createHttp2Decoder(ends, sink, { patienceMs });
    },
    http1: ({ ends, isMidstream }) => {
      ports.speaks("http", ends.server.port);
      return new Http1Decoder(ends, sink, isMidstream ? http1Midstream : http1);
    },
  };
}

interface Opened {
  readonly ends: FlowEnds;
  readonly alpn: string | null;
  readonly table: DecoderTable;
}

/** ALPN names the protocol; without it the first bytes do. */
function openedTls(decoding: Decoding, { ends, alpn, table }: Opened): FlowDecoder {
  decoding.ports.opened();
  const protocol = alpn === "h2" ? "http2" : "http1";
  const isNamed = alpn === "h2" || alpn === "http/1.1" || alpn === "http/1.0";
  const decoder = isNamed && !ends.midstream ? table[protocol]?.({ ends, isMidstream: false }) : undefined;
  return decoder ?? carried(decoding, ends, table);
}

/** The client stays the client. */
function carried(decoding: Decoding, ends: FlowEnds, table: DecoderTable): Detector {
  const { midstream: isMidstream } = ends;
  return new Detector({ ends: () => ends, client: 0, isMidstream }, table, decoding.count);
}

function takeOver(decoding: Decoding, { what, ends, handshake }: Leaving, inside: DecoderTable): Successor {
  const { sink, patienceMs } = decoding;
  if (handshake?.outcome.kind === "answered") {
    const { request, outcome, startedAt, flags } = handshake;
    if (what === "websocket") {
      const answeredAt = handshake.answeredAt ?? startedAt;
      const agreed = { request, response: outcome.response, startedAt, answeredAt, flags };
      return { decoder: createWebSocketDecoder(ends, sink, agreed, { patienceMs }), tellsHandshake: true };
    }
    if (what.startsWith("h2c")) {
      const options = { upgraded: request, upgradedAt: startedAt, patienceMs };
      return { decoder: createHttp2Decoder(ends, sink, options), tellsHandshake: true };
    }
  }
  return { decoder: carried(decoding, { ...ends, midstream: false }, inside), tellsHandshake: false };
}
