// One exchange as one line of JSON, for debugging: the only place that prints raw paths.
import { type Body, type Exchange, NO_BODY, type Peer } from "../src/model/exchange.ts";
import { lookInto } from "./wire/packed-body.ts";

/** Without line end; keys in a fixed order, status null = unknown, sizes in bytes on the wire, null = unknown. */
export function exchangeLine(exchange: Exchange): string {
  const { request, outcome } = exchange;
  const response = outcome.kind === "answered" ? outcome.response : null;
  lookInto(request.body, response === null ? NO_BODY : response.body);
  return JSON.stringify({
    ts: timeText(exchange.startedAt),
    method: request.method,
    authority: request.authority,
    path: request.query === "" ? request.path : `${request.path}?${request.query}`,
    status: response === null ? null : response.status,
    protocol: exchange.protocol,
    client: peer(exchange.client),
    server: peer(exchange.server),
    request_bytes: size(request.body),
    response_bytes: response === null ? null : size(response.body),
    flags: exchange.flags,
  });
}

/** null for what no calendar holds. */
function timeText(at: number): string | null {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null;
}

function peer({ address, port }: Peer): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return port === null ? address : `${host}:${port}`;
}

function size(body: Body): number | null {
  return body.kind === "none" ? 0 : body.size;
}
