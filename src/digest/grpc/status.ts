// What a gRPC call came to: its status code, and the HTTP status that says the same.
import type { Body, Exchange, Header, Response } from "../../model/exchange.ts";
import type { GrpcStatus } from "../../model/grpc-facts.ts";
import { GRPC_STATUSES } from "../../model/grpc-facts.ts";
import { fromBase64, readGrpcBody } from "./messages.ts";

/*
  google.rpc.Code, "HTTP Mapping" of each code, in order of code (googleapis, google/rpc/code.proto). Proxies that translate
  between gRPC and HTTP use the same table.
*/
const HTTP = [200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401];

/** gRPC names itself in the content type of the request; the answer of a server that knows none may be HTML. */
export function isGrpcCall({ protocol, request }: Exchange): boolean {
  if (request.method !== "POST" && request.method !== "") return false;
  return protocol === "grpc" || isGrpcType(valueOf(request.headers, "content-type") ?? "");
}

export function isGrpcType(contentType: string): boolean {
  return /^application\/grpc(?:$|[+;-])/i.test(contentType);
}

function valueOf(headers: readonly Header[], wanted: string): string | undefined {
  for (const [name, value] of headers) if (name === wanted) return value;
  return undefined;
}

const known = new WeakMap<Response, GrpcStatus>();

/** "unheard" where an answer began and its status did not come. */
export function grpcStatusOf(response: Response): GrpcStatus {
  const found = known.get(response) ?? readStatus(response);
  known.set(response, found);
  return found;
}

/*
  gRPC over HTTP2, "Responses": grpc-status stands in the trailers, or among the headers when there is no message.
  gRPC-Web: the trailers are a frame of the body, their names in any case.
*/
function readStatus({ headers, trailers, body }: Response): GrpcStatus {
  const told = valueOf(trailers ?? [], "grpc-status") ?? valueOf(headers, "grpc-status");
  return told === undefined ? statusInBody(body, valueOf(headers, "content-type") ?? "") : statusNamed(told);
}

function statusInBody(body: Body, type: string): GrpcStatus {
  if (body.kind !== "recorded" || !/^application\/grpc-web/i.test(type)) return "unheard";
  const bytes = isBase64(type) ? fromBase64(body.bytes) : body.bytes;
  const inBody = /^grpc-status:[ \t]*(\d{1,2})/im.exec(readGrpcBody(bytes, "")?.trailers ?? "")?.[1];
  return inBody === undefined ? "unheard" : statusNamed(inBody);
}

export function isBase64(contentType: string): boolean {
  return /^application\/grpc-web-text/i.test(contentType);
}

/** Codes beyond the table count as UNKNOWN, as in every implementation. */
function statusNamed(code: string): GrpcStatus {
  const isCode = /^\d{1,2}$/.test(code.trim()) && Number(code) < HTTP.length;
  return (isCode ? GRPC_STATUSES[Number(code)] : undefined) ?? "UNKNOWN";
}

/**
 * The status of an answer as the inventory has it, null while there was none. A gRPC call that failed is answered with HTTP
 * status 200 all the same; it counts as what it is.
 */
export function heardStatus(exchange: Exchange): number | null {
  const { outcome } = exchange;
  if (outcome.kind !== "answered") return null;
  const { status } = outcome.response;
  if (status !== 200 || !isGrpcCall(exchange)) return status;
  return HTTP[(GRPC_STATUSES as readonly string[]).indexOf(grpcStatusOf(outcome.response))] ?? status;
}
