// What any access log can tell of a request, and the exchange it amounts to: no bodies, few headers, one clock.
import type {
  Body,
  Exchange,
  ExchangeFlag,
  Header,
  Outcome,
  Peer,
  WireProtocol,
} from "../../src/model/exchange.ts";
import { NO_BODY, NOT_RECORDED } from "../../src/model/exchange.ts";
import { peerOf, UNKNOWN_PEER } from "./peers.ts";
import type { Scheme, Target } from "./target.ts";
import { UNKNOWN_AUTHORITY } from "./target.ts";

/** Facts of one line. null always means that the line does not tell. */
export interface AccessRecord {
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly method: string;
  readonly target: Target;
  /** What the server says it was addressed as; wins over an authority in the target. */
  readonly authority: string | null;
  readonly scheme: Scheme | null;
  readonly protocol: WireProtocol;
  readonly client: Peer;
  readonly server: Peer | null;
  readonly status: number | null;
  readonly requestHeaders: readonly Header[];
  readonly requestSize: number | null;
  readonly responseHeaders: readonly Header[];
  readonly responseSize: number | null;
  readonly declaredRoute?: string | undefined;
  readonly mutualTls?: boolean | undefined;
  readonly declared?: Exchange["declared"] | undefined;
}

/** Properties are named one by one: spreading a record into a literal made a line ten times as slow (test/bench). */
export function accessExchange(record: AccessRecord): Exchange {
  const { startedAt, durationMs, target } = record;
  const authority = record.authority ?? target.authority ?? UNKNOWN_AUTHORITY;
  const exchange: Exchange = {
    startedAt,
    answeredAt: null,
    endedAt: durationMs === null ? null : startedAt + durationMs,
    source: "access-log",
    protocol: record.protocol,
    client: record.client,
    server: record.server ?? serverOf(authority),
    request: {
      method: record.method,
      authority,
      scheme: record.scheme ?? target.scheme,
      path: target.path,
      query: target.query,
      headers: record.requestHeaders,
      body: bodyOfSize(record.requestSize),
    },
    outcome: outcomeOf(record),
    flags: NO_FLAGS,
  };
  return withDeclared(exchange, record);
}

const NO_FLAGS: readonly ExchangeFlag[] = [];

function withDeclared(exchange: Exchange, { declaredRoute, mutualTls, declared }: AccessRecord): Exchange {
  if ((declaredRoute ?? mutualTls ?? declared) === undefined) return exchange;
  return {
    ...exchange,
    ...(declaredRoute !== undefined && { declaredRoute }),
    ...(mutualTls !== undefined && { mutualTls }),
    ...(declared !== undefined && { declared }),
  };
}

/** The end that answers for `authority`, as far as its name tells. */
export function serverOf(authority: string): Peer {
  return authority === UNKNOWN_AUTHORITY ? UNKNOWN_PEER : peerOf(authority);
}

/** A logged status, or null for what is none: "-", 0, 000. */
export function statusOf(value: number | string): number | null {
  const status = Number(value);
  return Number.isInteger(status) && status >= 100 && status <= 999 ? status : null;
}

function outcomeOf({ status, responseHeaders, responseSize }: AccessRecord): Outcome {
  if (status === null) return { kind: "unknown", why: "not-recorded" };
  return { kind: "answered", response: { status, headers: responseHeaders, body: bodyOfSize(responseSize) } };
}

function bodyOfSize(size: number | null): Body {
  if (size === null) return NOT_RECORDED;
  return size === 0 ? NO_BODY : { kind: "not-recorded", size };
}
