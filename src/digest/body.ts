// Reads one body by its media type: a shape for what has one, values to the data-class scanner, strings that name calls.
import type { Body, Header } from "../model/exchange.ts";
import type { Shape } from "../model/shape.ts";
import type { Decoded } from "./charset.ts";
import { decodeText } from "./charset.ts";
import { shapeOf } from "./draft.ts";
import type { StreamItem } from "./events.ts";
import { eventData, jsonLines } from "./events.ts";
import type { ReadGrpc } from "./grpc/read-grpc.ts";
import { readGrpc } from "./grpc/read-grpc.ts";
import { readForm, readParts } from "./form.ts";
import type { RootStrings } from "./json-scan.ts";
import type { JsonReader } from "./json.ts";
import { createJsonReader } from "./json.ts";
import type { LeafScanner } from "./leaves.ts";
import type { BodyKind, MediaType } from "./media-type.ts";
import { bodyKind } from "./media-type.ts";
import type { SafeName } from "./names.ts";
import { draftXml } from "./xml-shape.ts";
import { soapCall, xmlTexts } from "./xml.ts";

/** What a body told. `roots`, `document` and `call` name operations and go no further than that. */
export interface ReadBody {
  readonly outcome: "shaped" | "truncated" | "unparsed" | "unread";
  readonly shape: Shape | null;
  readonly roots: readonly RootStrings[];
  /** Text of application/graphql. */
  readonly document: string | null;
  /** As `soapCall`. */
  readonly call: string | undefined;
  readonly mislabelled: boolean;
  /** null: no gRPC. */
  readonly grpc: ReadGrpc | null;
}

export interface BodyTools {
  readonly safeName: SafeName;
  /** null: only what names the operation is wanted. */
  readonly leaves: LeafScanner | null;
}

/** A body that was not looked into. */
export const UNREAD: ReadBody = {
  outcome: "unread",
  shape: null,
  roots: [],
  document: null,
  call: undefined,
  mislabelled: false,
  grpc: null,
};

const NO_HEADERS: readonly Header[] = [];

type Reading = Partial<ReadBody> & Pick<ReadBody, "outcome">;
type Reader = (decoded: Decoded, tools: BodyTools, mediaType: MediaType) => Reading;

const READERS: Readonly<Record<Exclude<BodyKind, "grpc" | "opaque">, Reader>> = {
  json: readJson,
  "json-lines": (decoded, tools) =>
    readStream(jsonLines(decoded.text, decoded.complete), decoded.complete, tools),
  "event-stream": (decoded, tools) =>
    readStream(eventData(decoded.text, decoded.complete), decoded.complete, tools),
  form: readFormBody,
  multipart: readMultipartBody,
  xml: readXml,
  graphql: ({ text, complete }) => ({ outcome: complete ? "unread" : "truncated", document: text }),
  text: readPlain,
  sniff: (decoded, tools) => {
    if (!/^\uFEFF?\s*[[{]/.test(decoded.text)) return readPlain(decoded, tools);
    if (isLines(decoded.text)) {
      return readStream(jsonLines(decoded.text, decoded.complete), decoded.complete, tools);
    }
    const json = readJson(decoded, tools);
    return json.outcome === "unparsed" ? readPlain(decoded, tools) : json;
  },
};

/** Never fails: a body that is not what it claims to be is "unparsed". */
export function readBody(
  body: Body,
  mediaType: MediaType,
  tools: BodyTools,
  headers: readonly Header[] = NO_HEADERS,
): ReadBody {
  if (body.kind !== "recorded" || body.bytes.length === 0) return UNREAD;
  const kind = bodyKind(mediaType.essence);
  if (kind === "grpc") {
    const grpc = readGrpc(body, mediaType.essence, headers, tools.leaves);
    return { ...UNREAD, outcome: grpc.outcome, shape: grpc.shape, grpc };
  }
  if (kind === "opaque" || (kind === "sniff" && isBinary(body.bytes))) {
    return body.complete ? UNREAD : { ...UNREAD, outcome: "truncated" };
  }
  const decoded = decodeText(body.bytes, mediaType.charset, body.complete);
  const read = READERS[kind](decoded, tools, mediaType);
  return { ...UNREAD, ...read, mislabelled: decoded.mislabelled && kind !== "sniff" };
}

/** Messages of a WebSocket, and streams that do not say so: one value in the first line, more behind it. */
function isLines(text: string): boolean {
  const end = text.indexOf("\n");
  if (end < 0 || text.length - end < 3 || !/[}\]]\s*$/.test(text.slice(Math.max(0, end - 2), end)))
    return false;
  try {
    return typeof JSON.parse(text.slice(0, end)) === "object";
  } catch {
    return false;
  }
}

/** A NUL among the first bytes, and no byte order mark of UTF-16. */
function isBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 512);
  return head.includes(0) && !((head[0] ?? 0) >= 0xfe && (head[1] ?? 0) >= 0xfe);
}

function jsonReader({ safeName, leaves }: BodyTools): JsonReader {
  return createJsonReader(
    safeName,
    leaves === null ? null : (text, name, path) => leaves.scan(text, name, path),
    (name, length) => leaves?.wantsNumber(name, length) === true,
  );
}

function readJson({ text, complete }: Decoded, tools: BodyTools): Reading {
  const reader = jsonReader(tools);
  const outcome = reader.read(text, complete);
  if (outcome === "bad") return { outcome: "unparsed", roots: reader.roots };
  return {
    outcome: outcome === "whole" ? "shaped" : "truncated",
    shape: shapeOf(reader.draft),
    roots: reader.roots,
  };
}

/** Asked before, because what was read of a text that turns out to be no JSON ("[DONE]") cannot be taken back. */
function isReadable(text: string, complete: boolean, { safeName }: BodyTools): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return createJsonReader(safeName, null).read(text, complete) !== "bad";
  }
}

/** Items that are no JSON ("[DONE]", plain words) are passed over, as long as some are. */
function readStream(items: Iterable<StreamItem>, whole: boolean, tools: BodyTools): Reading {
  const reader = jsonReader(tools);
  let read = 0;
  let bad = 0;
  for (const { text, complete } of items) {
    if (isReadable(text, complete, tools)) {
      reader.read(text, complete);
      read += 1;
    } else {
      bad += 1;
      tools.leaves?.scan(text, "", () => "");
    }
  }
  if (read === 0 && bad > 0) return { outcome: "unparsed" };
  const shape = read === 0 ? null : shapeOf(reader.draft);
  return { outcome: whole ? "shaped" : "truncated", shape, roots: reader.roots };
}

function readFormBody({ text, complete }: Decoded, tools: BodyTools): Reading {
  return { outcome: complete ? "shaped" : "truncated", ...readForm(text, complete, tools) };
}

function readMultipartBody({ text, complete }: Decoded, tools: BodyTools, { boundary }: MediaType): Reading {
  const form = readParts(text, { boundary, complete }, tools);
  if (form === null) return { outcome: complete ? "unparsed" : "truncated" };
  return { outcome: complete ? "shaped" : "truncated", ...form };
}

function readXml({ text, complete }: Decoded, { safeName, leaves }: BodyTools): Reading {
  if (!/^\uFEFF?\s*</.test(text)) return { outcome: "unparsed" };
  if (leaves !== null) {
    for (const { name, text: value } of xmlTexts(text)) leaves.scan(value, name, () => safeName(name));
  }
  const call = soapCall(text);
  // What only names the operation needs no shape.
  if (leaves === null) return { outcome: complete ? "unread" : "truncated", call };
  const { outcome, draft } = draftXml(text, complete, safeName);
  if (outcome === "bad") return { outcome: "unparsed", call };
  return { outcome: outcome === "whole" ? "shaped" : "truncated", shape: shapeOf(draft), call };
}

function readPlain({ text, complete }: Decoded, { leaves }: BodyTools): Reading {
  leaves?.scan(text, "", () => "");
  return { outcome: complete ? "unread" : "truncated" };
}
