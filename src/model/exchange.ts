// One request and its outcome, values included: the type that lives only inside a collector.
import type { Declaration, DeclaredRole } from "./declared.ts";
import type { StreamFacts } from "./stream-facts.ts";

/** What the exchange was read from, and so what its facts rest on. */
export type Source = "mirror" | "capture" | "har" | "access-log" | "gateway-log" | "push";

/** Wire protocol, as far as known. */
export type WireProtocol =
  | "http/0.9"
  | "http/1.0"
  | "http/1.1"
  | "h2"
  | "h3"
  | "grpc"
  | "websocket"
  /** A connection whose content stayed closed. */
  | "tls"
  | "unknown";

/** An end of the conversation. `address` is IPv4 or IPv6 text without brackets, or a host name from a log. */
export interface Peer {
  readonly address: string;
  /** null when the source does not tell. */
  readonly port: number | null;
}

/** `name` in lower case, in order of appearance; repeated names stay repeated. `value` decoded as latin1. */
export type Header = readonly [name: string, value: string];

/** "none" means the message had no body; "not-recorded" means the source does not carry bodies. */
export type Body =
  | { readonly kind: "none" }
  | {
      readonly kind: "not-recorded";
      /** Bytes on the wire, null when unknown. */ readonly size: number | null;
    }
  | {
      readonly kind: "recorded";
      /** Content-decoded (inflated) and de-chunked bytes, as far as kept. May be inflated when first read. */
      readonly bytes: Uint8Array;
      /** Bytes on the wire, before decoding, kept or not. */
      readonly size: number;
      /** false: cut by a limit, a gap or the end of the capture; never taken as evidence of absence. */
      readonly complete: boolean;
    };

/** Things about how an exchange was heard that its reader must know. Fixed set: counter labels. */
export type ExchangeFlag =
  | "request-partial"
  | "response-partial"
  | "midstream"
  | "tcp-conflict"
  | "gap"
  | "one-way"
  | "orphan-response"
  | "smuggling-suspect"
  | "encoding-error"
  | "encoding-limit"
  | "upgraded"
  | "continued"
  | "aborted";

export interface Request {
  /** Any RFC 9110 token, case kept. Empty only for an orphan response. */
  readonly method: string;
  /** host[:port] addressed, lower case, default port of the scheme dropped; the server's address when no Host came. */
  readonly authority: string;
  /** null when the source does not tell. */
  readonly scheme: "http" | "https" | null;
  /** As sent, without query and fragment; starts with "/" except for "*" and CONNECT's authority form. */
  readonly path: string;
  /** As sent, without "?"; empty when there was none. */
  readonly query: string;
  readonly headers: readonly Header[];
  readonly body: Body;
}

export interface Response {
  /** 100..999 as sent. */
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Body;
  /** Trailer fields, e.g. grpc-status. */
  readonly trailers?: readonly Header[];
}

/** "unknown": not heard, cut off, or not attributable with certainty. A status is never guessed. */
export type Outcome =
  | { readonly kind: "answered"; readonly response: Response }
  | {
      readonly kind: "unknown";
      readonly why: "one-way" | "gap" | "ambiguous" | "capture-end" | "not-recorded";
    };

export interface Exchange {
  /** Milliseconds since the epoch, fractions kept, by the clock of the source: first byte of the request. */
  readonly startedAt: number;
  /** First byte of the response, null when unknown. */
  readonly answeredAt: number | null;
  /** Last byte heard of the exchange, null when unknown. */
  readonly endedAt: number | null;
  readonly source: Source;
  readonly protocol: WireProtocol;
  readonly client: Peer;
  readonly server: Peer;
  readonly request: Request;
  readonly outcome: Outcome;
  /** "encoding-error" and "encoding-limit" join them when the body concerned is first read. */
  readonly flags: readonly ExchangeFlag[];
  /** How its stream ran until it was told; absent for everything that is no stream, or whose source keeps no times. */
  readonly stream?: StreamFacts;
  /** The route the source itself declares (API Gateway `resourcePath`, `http.route`), already a template. */
  readonly declaredRoute?: string;
  /** Who answers or calls, as the source itself says beside the message (fields of a log). */
  readonly declared?: readonly (Declaration & { readonly role: DeclaredRole })[];
  /** Consumer or principal name class the source declares (gateway consumer, mTLS subject present). */
  readonly mutualTls?: boolean;
}

/** The body of a message that has none. */
export const NO_BODY: Body = { kind: "none" };

/** The body of a message whose source records no bodies and no sizes. */
export const NOT_RECORDED: Body = { kind: "not-recorded", size: null };
