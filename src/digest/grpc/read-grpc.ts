// Reads the body of one side of a gRPC call: its messages by field number, and how many there were.
import type { Body, Header } from "../../model/exchange.ts";
import type { Shape } from "../../model/shape.ts";
import { shapeOf } from "../draft.ts";
import type { LeafScanner } from "../leaves.ts";
import { MessageDraft } from "./draft-message.ts";
import type { GrpcBody } from "./messages.ts";
import { fromBase64, readGrpcBody } from "./messages.ts";
import type { ProtoField } from "./protobuf.ts";
import { readProtobuf } from "./protobuf.ts";
import { isBase64 } from "./status.ts";

export interface ReadGrpc {
  readonly outcome: "shaped" | "truncated" | "unparsed" | "unread";
  /** null: no message was read. */
  readonly shape: Shape | null;
  /** Messages that began; null where the body is no gRPC. */
  readonly count: number | null;
  readonly messages: readonly (readonly ProtoField[])[];
}

type Recorded = Extract<Body, { readonly kind: "recorded" }>;

/** `essence` is the media type. `+json` and other codecs than protobuf are counted and not read. */
export function readGrpc(
  body: Recorded,
  essence: string,
  headers: readonly Header[],
  leaves: LeafScanner | null,
): ReadGrpc {
  const encoding = headers.find(([name]) => name === "grpc-encoding")?.[1] ?? "";
  const read = readGrpcBody(isBase64(essence) ? fromBase64(body.bytes) : body.bytes, encoding);
  if (read === null) return { outcome: "unparsed", shape: null, count: null, messages: [] };
  if (!/(?:grpc|grpc-web|-text|\+proto)$/.test(essence))
    return { outcome: "unread", shape: null, count: read.count, messages: [] };
  return described(read, body.complete, leaves);
}

function described(read: GrpcBody, isComplete: boolean, leaves: LeafScanner | null): ReadGrpc {
  const { count, isPartial } = read;
  const messages = read.messages.flatMap((message) => fieldsOf(message));
  const unreadable = read.messages.length - messages.length;
  if (messages.length === 0)
    return { outcome: outcomeOf(unreadable, isPartial), shape: null, count, messages };
  const gathered = new MessageDraft(leaves);
  for (const message of messages) gathered.add(message);
  const isWhole = isComplete && !isPartial && unreadable === 0;
  return { outcome: isWhole ? "shaped" : "truncated", shape: shapeOf(gathered.draft), count, messages };
}

/** Of a body without any message that was read. */
function outcomeOf(unreadable: number, isPartial: boolean): ReadGrpc["outcome"] {
  if (unreadable > 0) return "unparsed";
  return isPartial ? "truncated" : "unread";
}

function fieldsOf(message: Uint8Array): readonly (readonly ProtoField[])[] {
  const fields = readProtobuf(message);
  return fields.ok ? [fields.value] : [];
}
