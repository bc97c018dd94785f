// Builds HTTP/2 frames for tests.
import * as frames from "../../../../collectors/wire/http2/frames.ts";
import type { Header } from "../../../../src/model/exchange.ts";
import { HpackEncoder } from "../hpack/encode.ts";

export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

export const text = (value: string) => Buffer.from(value, "latin1");

/** One talker: its encoder's state lives on between frames. */
export function talker() {
  const encoder = new HpackEncoder();
  return {
    encoder,
    headers(stream: number, fields: readonly Header[], flags = frames.END_HEADERS) {
      return frame(frames.HEADERS, flags, stream, encoder.encode(fields));
    },
    data(stream: number, body: string, flags = 0) {
      return frame(frames.DATA, flags, stream, text(body));
    },
    settings(flags = 0) {
      return frame(frames.SETTINGS, flags, 0);
    },
  };
}

export const get = (path: string): Header[] => [
  [":method", "GET"],
  [":scheme", "http"],
  [":path", path],
  [":authority", "shop.test"],
];

export const post = (path: string): Header[] => [
  [":method", "POST"],
  [":scheme", "http"],
  [":path", path],
  [":authority", "shop.test"],
  ["content-type", "application/json"],
];

export const CLOSING = frames.END_HEADERS | frames.END_STREAM;
