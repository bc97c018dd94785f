// Tells which bodies are streams: by what they say they are, or by how they begin once they come with pauses.
import type { Header } from "../../../src/model/exchange.ts";
import type { StreamKind } from "../../../src/model/stream-facts.ts";
import { remembered } from "../../../src/digest/once.ts";

const DECLARED: readonly (readonly [StreamKind, RegExp])[] = [
  ["events", /^text\/event-stream$/],
  ["lines", /(?:ndjson|jsonl|json-?lines|stream\+json|json-seq)$/],
  ["amazon", /^application\/vnd\.amazon\.eventstream$/],
  // gRPC-Web as text is base64: its frames do not show.
  ["grpc", /^application\/grpc(?:$|\+|-web(?:$|\+))/],
];

export function mediaTypeIn(headers: readonly Header[]): string {
  const header = headers.find(([name]) => name === "content-type")?.[1] ?? "";
  return header.split(";", 1)[0]!.trim().toLowerCase();
}

// Media types of all services of one collector.
const MAX_TYPES = 1000;

/** A stream by its media type; null for most bodies. */
export const declaredStream: (mediaType: string) => StreamKind | null = remembered(
  (mediaType) => DECLARED.find(([, form]) => form.test(mediaType))?.[0] ?? null,
  MAX_TYPES,
);

/** Silence within a body that makes it worth asking; packets of one burst come within a few milliseconds. */
export const PAUSE_MS = 20;

const MAYBE = /^$|^application\/(?:[\w.-]+\+)?json$|^text\/plain$|^application\/octet-stream$/;

/** A body without a stated length that came with a pause: a stream by how it begins, `begun` being what came before. */
export function pausedStream(mediaType: string, begun: Uint8Array): StreamKind | null {
  if (!MAYBE.test(mediaType) || begun.length === 0) return null;
  const { buffer, byteOffset, length } = begun;
  const text = Buffer.from(buffer, byteOffset, length).toString("latin1");
  if (/^\s*\[/.test(text)) return "items";
  if (/^\s*\{/.test(text)) return /\}\r?\n$/.test(text) ? "lines" : null;
  if (/^(?:data|event|id|retry|):/.test(text)) return "events";
  return mediaType === "text/plain" && !text.includes("\0") ? "text" : null;
}
