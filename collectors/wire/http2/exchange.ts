// Builds the exchange of a stream, naming what was not heard instead of inventing it.
import type {
  Body,
  Exchange,
  ExchangeFlag,
  Outcome,
  Peer,
  Request,
  WireProtocol,
} from "../../../src/model/exchange.ts";
import { NO_BODY } from "../../../src/model/exchange.ts";
import { authorityOf, headerOf, schemeOf, splitPath, statusOf } from "./message.ts";
import type { Section } from "./message.ts";
import type { Half, Stream } from "./stream.ts";

/** Inflates a body by its content-encoding; the caller's, so that limits are the same for every protocol. */
export type DecodeBody = (
  wire: Uint8Array,
  encoding: string,
) => { readonly bytes: Uint8Array; readonly complete: boolean; readonly flag: ExchangeFlag | null };

/** What a stream does not know about its connection. */
export interface Surroundings {
  readonly client: Peer;
  readonly server: Peer;
  /**
   * For requests whose authority was not read: the only one other requests of the connection named, else the address of
   * the server.
   */
  readonly authority: string;
  readonly midstream: boolean;
  /** Nothing at all came from the server's side. */
  readonly oneWay: boolean;
  readonly decodeBody: DecodeBody;
  /** The HTTP/1.1 request that became stream 1. */
  readonly upgraded: Request | null;
}

/** null when neither method nor status is known: there is nothing to say about such a stream. */
export function exchangeOf(stream: Stream, around: Surroundings): Exchange | null {
  const flags = new Set<ExchangeFlag>();
  const request = around.upgraded ?? requestOf(stream, around, flags);
  const outcome = outcomeOf(stream, around, flags);
  if (request === null && outcome.kind === "unknown") return null;
  if (request === null) flags.add("orphan-response");
  addCircumstances(stream, around, flags);
  return {
    startedAt: stream.request.startedAt ?? stream.response.startedAt ?? 0,
    answeredAt: stream.response.startedAt,
    endedAt: latest(stream.request.endedAt, stream.response.endedAt),
    source: "mirror",
    protocol: around.upgraded === null ? protocolOf(stream) : "http/1.1",
    client: around.client,
    server: around.server,
    request: request ?? unheardRequest(stream.request.head, around),
    outcome,
    flags: [...flags],
  };
}

function addCircumstances(stream: Stream, around: Surroundings, flags: Set<ExchangeFlag>): void {
  const { request, response } = stream;
  const held: readonly (readonly [ExchangeFlag, boolean])[] = [
    ["request-partial", isPartial(request)],
    ["response-partial", isPartial(response)],
    ["gap", request.missing || response.missing],
    ["midstream", around.midstream],
    ["one-way", around.oneWay],
    ["upgraded", around.upgraded !== null || request.head?.pseudo.has("protocol") === true],
    ["aborted", stream.aborted],
    ["continued", stream.continued],
  ];
  for (const [flag, holds] of held) if (holds) flags.add(flag);
}

function isPartial({ startedAt, ended, missing }: Half): boolean {
  return startedAt !== null && (!ended || missing);
}

// RFC 9110, section 5.6.2, and no longer than any registered method by far.
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;

function requestOf(stream: Stream, around: Surroundings, flags: Set<ExchangeFlag>): Request | null {
  const { head } = stream.request;
  const method = head?.pseudo.get("method");
  if (head === null || !method || !TOKEN.test(method)) return null;
  const authority = authorityOf(head) ?? around.authority;
  // RFC 9113, section 8.5: a plain CONNECT has no path; RFC 8441's has one.
  const target = head.pseudo.get("path") ?? (method === "CONNECT" ? authority : null);
  if (target === null) return null;
  return {
    method,
    authority,
    scheme: schemeOf(head),
    ...splitPath(target),
    headers: head.headers,
    body: bodyOf(stream.request, around.decodeBody, flags),
  };
}

function unheardRequest(head: Section | null, around: Surroundings): Request {
  return {
    method: "",
    authority: (head === null ? null : authorityOf(head)) ?? around.authority,
    scheme: null,
    path: "/",
    query: "",
    headers: [],
    body: { kind: "not-recorded", size: null },
  };
}

function outcomeOf(stream: Stream, around: Surroundings, flags: Set<ExchangeFlag>): Outcome {
  const { response } = stream;
  const status = response.head === null ? null : statusOf(response.head);
  if (response.head === null || status === null)
    return { kind: "unknown", why: whyUnknown(response, around) };
  const body = bodyOf(response, around.decodeBody, flags);
  const { headers } = response.head;
  const { trailers } = response;
  return {
    kind: "answered",
    response: { status, headers, body, ...(trailers.length > 0 ? { trailers } : {}) },
  };
}

function whyUnknown(response: Half, around: Surroundings): "one-way" | "gap" | "ambiguous" | "capture-end" {
  if (around.oneWay) return "one-way";
  // A head without a status we can read.
  if (response.head !== null) return "ambiguous";
  return response.missing || response.startedAt !== null ? "gap" : "capture-end";
}

function bodyOf(half: Half, decode: DecodeBody, flags: Set<ExchangeFlag>): Body {
  const { size, whole } = half.body;
  const complete = whole && half.ended && !half.missing;
  if (size === 0 && complete) return NO_BODY;
  const decoded = contentOf(half, decode);
  // A body that was cut anyway fails to inflate at its end; that is no fault of the sender.
  if (decoded.flag !== null && complete) flags.add(decoded.flag);
  return { kind: "recorded", bytes: decoded.bytes, size, complete: complete && decoded.complete };
}

function contentOf(half: Half, decode: DecodeBody): ReturnType<DecodeBody> {
  const wire = half.body.take();
  const encoding = headerOf(half.head?.headers ?? [], "content-encoding");
  return encoding === undefined ? { bytes: wire, complete: true, flag: null } : decode(wire, encoding);
}

/** gRPC names itself in the content type of either message (gRPC over HTTP2, "Requests"). */
function protocolOf({ request, response }: Stream): WireProtocol {
  const grpc = [request.head, response.head].some((head) => isGrpc(head));
  return grpc ? "grpc" : "h2";
}

function isGrpc(head: Section | null): boolean {
  return /^application\/grpc(?:$|[+;])/i.test(headerOf(head?.headers ?? [], "content-type") ?? "");
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
