// Reads one side of an exchange: what its body claims to be, what it turned out to be, what it calls.
import { emptyRecord } from "../model/bounded.ts";
import { soleRecord } from "../model/grow.ts";
import type { Body, Header } from "../model/exchange.ts";
import type { BodyFacts } from "../model/sighting.ts";
import type { BodyTools, ReadBody } from "./body.ts";
import { readBody, UNREAD } from "./body.ts";
import type { MediaType } from "./media-type.ts";
import { bodyKind, readMediaType } from "./media-type.ts";
import { noRecord, remembered } from "./once.ts";

export interface Message {
  readonly mediaType: MediaType;
  readonly read: ReadBody;
  readonly bodies: Readonly<Record<string, BodyFacts>>;
  /** Bytes on the wire, null when unknown. */
  readonly size: number | null;
}

export interface Sent {
  readonly headers: readonly Header[];
  readonly body: Body;
}

export function headerValue(headers: readonly Header[], wanted: string): string | undefined {
  for (const [name, value] of headers) if (name === wanted) return value;
  return undefined;
}

/** The body examined in full. */
export function examineMessage(sent: Sent, tools: BodyTools): Message {
  const mediaType = readMediaType(headerValue(sent.headers, "content-type"), tools.safeName);
  const read = readBody(sent.body, mediaType, tools, sent.headers);
  return { mediaType, read, bodies: bodyFacts(sent.body, mediaType, read), size: sizeOf(sent.body) };
}

/** The body counted, and read only as far as it may name an operation. */
export function countMessage(sent: Sent, tools: BodyTools, callable: boolean): Message {
  const mediaType = readMediaType(headerValue(sent.headers, "content-type"), tools.safeName);
  const read = callable && mayCall(sent.body, mediaType) ? readBody(sent.body, mediaType, tools) : UNREAD;
  return { mediaType, read, bodies: bodyFacts(sent.body, mediaType, UNREAD), size: sizeOf(sent.body) };
}

const CALL_KINDS = new Set(["graphql", "xml", "form"]);
const JSON_CALL = /"(?:jsonrpc|query|operationName)"/;
// A call names its operation before its parameters, or is small.
const LOOKED_AT = 16_384;

function mayCall(body: Body, { essence }: MediaType): boolean {
  if (body.kind !== "recorded") return false;
  const kind = bodyKind(essence);
  if (kind !== "json" && kind !== "sniff") return CALL_KINDS.has(kind);
  const { buffer, byteOffset, length } = body.bytes;
  return JSON_CALL.test(Buffer.from(buffer, byteOffset, Math.min(length, LOOKED_AT)).toString("latin1"));
}

function sizeOf(body: Body): number | null {
  return body.kind === "none" ? 0 : body.size;
}

function bodyFacts(body: Body, { essence }: MediaType, read: ReadBody): Readonly<Record<string, BodyFacts>> {
  if (!isThere(body, essence)) return noRecord();
  if (read.outcome === "unread" && read.shape === null) return counted(essence);
  const bodies = emptyRecord<BodyFacts>();
  bodies[essence] = {
    count: 1,
    shaped: read.outcome === "shaped" ? 1 : 0,
    truncated: read.outcome === "truncated" ? 1 : 0,
    unparsed: read.outcome === "unparsed" ? 1 : 0,
    shape: read.shape,
  };
  return bodies;
}

// Media types of all services of one collector.
const MAX_TYPES = 1000;
const counted = remembered(
  (essence) => soleRecord(essence, { count: 1, shaped: 0, truncated: 0, unparsed: 0, shape: null }),
  MAX_TYPES,
);

/** A source without bodies tells of one by its size or its declared type. */
function isThere(body: Body, essence: string): boolean {
  if (body.kind === "none") return false;
  if (body.kind === "recorded") return body.size > 0 || body.bytes.length > 0;
  return body.size === null ? essence !== "" : body.size > 0;
}
