// Cuts a gRPC body into its messages.
import type { Weird } from "../../../src/model/parsed.ts";

export interface GrpcMessage {
  /** By the `grpc-encoding` of its side; such bytes are not protobuf yet. */
  readonly compressed: boolean;
  readonly bytes: Uint8Array;
  /** False when the body was cut inside it. */
  readonly complete: boolean;
}

// A stream of more says nothing new about the shape of its messages.
const MAX_MESSAGES = 256;

const PREFIX_BYTES = 5;

/*
  Length-Prefixed-Message (gRPC over HTTP2)
    compressed flag   8 bits, 0 or 1
    message length   32 bits, big endian
    message
*/
export function readGrpcMessages(body: Uint8Array): {
  readonly messages: readonly GrpcMessage[];
  /** Why reading stopped before the end of the body, null when it did not. */
  readonly weird: Weird | null;
} {
  const messages: GrpcMessage[] = [];
  for (let at = 0; at < body.length;) {
    const flag = body[at] ?? 0;
    if (flag > 1) return { messages, weird: { name: "grpc.flag" } };
    if (messages.length === MAX_MESSAGES) return { messages, weird: { name: "grpc.messages-limit" } };
    if (at + PREFIX_BYTES > body.length) return { messages, weird: { name: "grpc.short" } };
    const length = new DataView(body.buffer, body.byteOffset + at, PREFIX_BYTES).getUint32(1);
    const end = at + PREFIX_BYTES + length;
    const bytes = body.subarray(at + PREFIX_BYTES, end);
    messages.push({ compressed: flag === 1, bytes, complete: end <= body.length });
    at = end;
  }
  return { messages, weird: null };
}
