// Reads the body of a message whatever it is wrapped in: JSON, streams, forms, XML, HTML, plain text.
import type { Body } from "../../model/exchange.ts";
import { decodeText } from "../charset.ts";
import type { BodyKind, MediaType } from "../media-type.ts";
import { bodyKind } from "../media-type.ts";
import { readPairs } from "../parameters.ts";
import { xmlTexts } from "../xml.ts";
import type { Frames } from "./frames.ts";
import { amazonFrames, arrayFrames, lineFrames, sseFrames } from "./frames.ts";
import { addField, plainNumbers } from "./fields.ts";
import { htmlTexts, readableText } from "./markup.ts";
import { parseLoosely } from "./loose-json.ts";
import { partsOf } from "./parts.ts";
import type { Tree } from "./tree.ts";
import { addText, emptyTree, treeOf } from "./tree.ts";

export type Media = "image" | "audio" | "video";

export interface Contents {
  readonly tree: Tree;
  /** null: not a stream. */
  readonly frames: Frames | null;
  /** The body is a document, not data. */
  readonly page: boolean;
  /** For bodies that are one; by label or first bytes. */
  readonly media: Media | null;
}

// What people ask and models answer is shorter; the cost of a large body must end somewhere.
const MAX_BYTES = 65_536;
const AMAZON = "application/vnd.amazon.eventstream";

/** null: there is nothing to read. */
export function contentsOf(body: Body, mediaType: MediaType, isSocket = false): Contents | null {
  return body.kind === "recorded" && body.bytes.length > 0 ? read(body, mediaType, isSocket) : null;
}

type Recorded = Extract<Body, { readonly kind: "recorded" }>;

function read(body: Recorded, mediaType: MediaType, isSocket: boolean): Contents | null {
  const media = mediaOf(mediaType.essence, body.bytes);
  if (media !== null) return { ...contents(emptyTree()), media };
  const cut = body.bytes.length > MAX_BYTES;
  const bytes = cut ? body.bytes.subarray(0, MAX_BYTES) : body.bytes;
  if (mediaType.essence === AMAZON) return framed(amazonFrames(bytes));
  const kind = isSocket ? "json-lines" : bodyKind(mediaType.essence);
  if (kind === "opaque" || kind === "grpc") return null;
  const { text, complete } = decodeText(bytes, mediaType.charset, body.complete && !cut);
  return readAs(kind, { text, complete, mediaType });
}

interface Text {
  readonly text: string;
  readonly complete: boolean;
  readonly mediaType: MediaType;
}

function contents(tree: Tree, page = false): Contents {
  return { tree, frames: null, page, media: null };
}

/** Frames merge into one tree: what any of them says. */
function framed(frames: Frames): Contents {
  const tree = emptyTree();
  for (const frame of frames.texts.slice(0, 200)) {
    const value = parseLoosely(frame, true);
    if (value !== undefined) treeOf(value, tree);
  }
  return { ...contents(tree), frames };
}

function readAs(kind: BodyKind, { text, complete, mediaType }: Text): Contents {
  switch (kind) {
    case "event-stream":
      return framed(sseFrames(text));
    case "json-lines":
      return framed(lineFrames(text));
    case "form":
      return contents(formTree(text));
    case "multipart":
      return contents(partsOf(text, mediaType.boundary));
    case "xml":
      return contents(xmlTree(text));
    default:
      return mediaType.essence.endsWith("html") ? htmlContents(text) : sniffed(text, complete);
  }
}

function sniffed(text: string, complete: boolean): Contents {
  if (/^(?:data|event|id|retry): ?\S/.test(text) && /^data:/m.test(text)) return framed(sseFrames(text));
  const value = parseLoosely(text, complete);
  if (Array.isArray(value) && value.length >= 4 && value.every((item) => typeof item === "object"))
    return { ...contents(treeOf(value)), frames: arrayFrames(value) };
  if (value !== undefined) return contents(treeOf(value));
  if (/^\s*\{.*\}\s*\n\s*\{/.test(text)) return framed(lineFrames(text));
  if (/^\s*<(?:\?xml|[\w-]+:Envelope)/i.test(text)) return contents(xmlTree(text));
  const numbers = plainNumbers(text);
  if (numbers !== null) return contents(treeOf(numbers));
  const tree = emptyTree();
  addText(tree, "", text.trim());
  return contents(tree);
}

function formTree(text: string): Tree {
  const tree = emptyTree();
  for (const { name, value } of readPairs(text.trim())) addField(tree, name, value);
  return tree;
}

function xmlTree(text: string): Tree {
  const tree = emptyTree();
  for (const { name, text: value } of xmlTexts(text)) addField(tree, name, readableText(value));
  return tree;
}

function htmlContents(text: string): Contents {
  const tree = emptyTree();
  for (const piece of htmlTexts(text)) addText(tree, "", piece);
  return contents(tree, /<(?:html|head|body|!doctype)\b/i.test(text.slice(0, 2048)));
}

/** First bytes of PNG, JPEG, GIF, WebP; of MP3, Ogg, WAV, FLAC. */
function mediaOf(essence: string, bytes: Uint8Array): Media | null {
  if (/^image\/(?!svg)/.test(essence)) return "image";
  if (essence.startsWith("video/")) return "video";
  if (essence.startsWith("audio/")) return "audio";
  if (essence !== "" && essence !== "application/octet-stream") return null;
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (/^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP)/s.test(head)) return "image";
  return /^(?:ID3|OggS|fLaC|RIFF....WAVE)/s.test(head) ? "audio" : null;
}
