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
import { asBuffer } from "../bytes.ts";
import type { FlowEnds } from "../flow.ts";
import { PackedBody } from "../packed-body.ts";
import { addressed } from "../http1/target.ts";
import { authorityOf, headerOf, schemeOf, statusOf } from "./message.ts";
import type { Section } from "./message.ts";
import type { Half, Stream } from "./stream.ts";

/** What a stream does not know about its connection. */
export interface Surroundings {
  readonly client: Peer;
  readonly server: FlowEnds["server"];
  /** The only authority that requests of this connection named; for those whose own stands on an unheard table entry. */
  readonly authority: string | null;
  readonly midstream: boolean;
  /** Nothing at all came from the server's side. */
  readonly oneWay: boolean;
  /** The HTTP/1.1 request that became stream 1. */
  readonly upgraded: Request | null;
}

/** null when neither method nor status is known: there is nothing to say about such a stream. */
export function exchangeOf(stream: Stream, around: Surroundings): Exchange | null {
  const flags: ExchangeFlag[] = [];
  const request = around.upgraded ?? requestOf(stream, around, flags);
  const outcome = outcomeOf(stream, around, flags);
  if (request === null && outcome.kind === "unknown") return null;
  if (request === null) flags.push("orphan-response");
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
    flags,
  };
}

function addCircumstances(stream: Stream, around: Surroundings, flags: ExchangeFlag[]): void {
  const { request, response } = stream;
  if (isPartial(request)) flags.push("request-partial");
  if (isPartial(response)) flags.push("response-partial");
  if (request.missing || response.missing) flags.push("gap");
  if (around.midstream) flags.push("midstream");
  if (around.oneWay) flags.push("one-way");
  if (isUpgraded(stream, around)) flags.push("upgraded");
  if (stream.aborted) flags.push("aborted");
  if (stream.continued) flags.push("continued");
}

/** From HTTP/1.1, or into another protocol (RFC 8441). */
function isUpgraded({ request }: Stream, { upgraded }: Surroundings): boolean {
  return upgraded !== null || request.head?.pseudo.has("protocol") === true;
}

function isPartial({ startedAt, ended, missing }: Half): boolean {
  return startedAt !== null && (!ended || missing);
}

// RFC 9110, section 5.6.2, and no longer than any registered method by far.
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;

function requestOf(stream: Stream, around: Surroundings, flags: ExchangeFlag[]): Request | null {
  const { head } = stream.request;
  const method = head?.pseudo.get("method");
  if (head === null || !method || !TOKEN.test(method)) return null;
  const { pseudo } = head;
  // RFC 9113, section 8.5: a plain CONNECT has no path; RFC 8441's has one, and asks for it.
  const tunnel = method === "CONNECT" && !pseudo.has("protocol");
  const target = tunnel ? authorityOf(head) : pseudo.get("path");
  if (target === null || target === undefined) return null;
  const { authority, path, query } = placeOf(head, around, { method: tunnel ? method : "GET", target });
  return {
    method,
    scheme: schemeOf(head),
    authority,
    path,
    query,
    headers: head.headers,
    body: bodyOf(stream.request, flags),
  };
}

function unheardRequest(head: Section | null, around: Surroundings): Request {
  return {
    method: "",
    scheme: null,
    authority: placeOf(head, around, { method: "GET", target: "/" }).authority,
    path: "",
    query: "",
    headers: [],
    body: { kind: "not-recorded", size: null },
  };
}

function placeOf(
  head: Section | null,
  { authority, server }: Surroundings,
  asked: { readonly method: string; readonly target: string },
): Pick<Request, "authority" | "path" | "query"> {
  const host = (head === null ? null : authorityOf(head)) ?? authority ?? undefined;
  const scheme = (head === null ? null : schemeOf(head)) ?? (server.port === 443 ? "https" : "http");
  return addressed({ method: asked.method, target: asked.target, host, scheme, server });
}

function outcomeOf(stream: Stream, around: Surroundings, flags: ExchangeFlag[]): Outcome {
  const { response } = stream;
  const status = response.head === null ? null : statusOf(response.head);
  if (response.head === null || status === null)
    return { kind: "unknown", why: whyUnknown(response, around) };
  const body = bodyOf(response, flags);
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

function bodyOf(half: Half, flags: ExchangeFlag[]): Body {
  const { size, whole } = half.body;
  const complete = whole && half.ended && !half.missing;
  if (size === 0 && complete) return NO_BODY;
  const bytes = asBuffer(half.body.take());
  const encoding = headerOf(half.head?.headers ?? [], "content-encoding");
  if (encoding === undefined || bytes.length === 0) return { kind: "recorded", bytes, size, complete };
  return new PackedBody({ bytes, encoding, size, complete, flags });
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
