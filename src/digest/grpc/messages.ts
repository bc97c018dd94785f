// Cuts a gRPC body into its messages and undoes their compression; gRPC-Web puts the trailers behind them.
import { decodeContent } from "../content-coding.ts";
import { GRPC, PrefixSplitter, TRAILERS } from "../stream/prefixed.ts";
import type { PrefixedFrame } from "../stream/prefixed.ts";

export interface GrpcBody {
  /** Whole messages, decompressed. */
  readonly messages: readonly Uint8Array[];
  /** How many began, readable or not. */
  readonly count: number;
  /** Some was cut, could not be decompressed, or is beyond a limit. */
  readonly isPartial: boolean;
  /** Text of the trailers (gRPC-Web); null without. */
  readonly trailers: string | null;
}

// A stream of more says nothing new about the shape of its messages.
const MAX_MESSAGES = 256;

// Of all messages of one body, decompressed: as much as is inflated of any body.
const MAX_INFLATED = 1_048_576;

const COMPRESSED = 1;

/** `encoding`: `grpc-encoding` of the side. null: these bytes are no gRPC. */
export function readGrpcBody(body: Uint8Array, encoding: string): GrpcBody | null {
  const splitter = new PrefixSplitter(GRPC);
  const frames: PrefixedFrame[] = [];
  splitter.push(body, (frame) => frames.push(frame));
  if (splitter.failed && frames.length === 0) return null;
  const told = frames.filter(({ first }) => (first & TRAILERS) === 0);
  const trailers = frames.find(({ first }) => first === TRAILERS);
  const room = { left: MAX_INFLATED };
  const read = told.slice(0, MAX_MESSAGES).map((frame) => messageIn(body, frame, { encoding, room }));
  const messages = read.filter((message) => message !== null);
  const isCut = splitter.open !== null || splitter.held > 0 || splitter.failed;
  return {
    messages,
    count: told.length + (splitter.open === null ? 0 : 1),
    isPartial: isCut || messages.length < told.length,
    trailers: trailers === undefined ? null : latin1(body, trailers.from, trailers.to),
  };
}

interface Coding {
  readonly encoding: string;
  readonly room: { left: number };
}

function messageIn(
  body: Uint8Array,
  { first, from, to }: PrefixedFrame,
  { encoding, room }: Coding,
): Uint8Array | null {
  if (first !== COMPRESSED) return body.subarray(from, to);
  if (room.left <= 0 || encoding === "") return null;
  const { bytes, trouble } = decodeContent(
    Buffer.from(body.buffer, body.byteOffset + from, to - from),
    encoding,
  );
  room.left -= bytes.length;
  return trouble === "none" ? bytes : null;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1");
}

/*
  gRPC-Web, "application/grpc-web-text": the same in base64, padded wherever the sender flushed.
*/
export function fromBase64(text: Uint8Array): Uint8Array {
  const whole = latin1(text, 0, text.length);
  return Buffer.concat(whole.split(/(?<==)(?=[^=])/).map((part) => Buffer.from(part, "base64")));
}
