// Which media types are streams.
import { expect, test } from "vitest";
import { declaredStream, mediaTypeIn, pausedStream } from "../../../../collectors/wire/stream/kinds.ts";

test.each([
  ["text/event-stream;charset=utf-8", "events"],
  ["application/x-ndjson", "lines"],
  ["application/jsonl", "lines"],
  ["Application/vnd.amazon.eventstream", "amazon"],
  ["application/grpc", "grpc"],
  ["application/grpc-web+proto", "grpc"],
  ["application/grpc-web-text", null],
  ["application/grpcish", null],
  ["application/json", null],
])("%s", (type, kind) => {
  expect(declaredStream(mediaTypeIn([["content-type", type]]))).toBe(kind);
});

test("a body without a type is looked at, a picture is not", () => {
  expect(mediaTypeIn([])).toBe("");
  expect(pausedStream("", Buffer.from(": keep-alive"))).toBe("events");
  expect(pausedStream("image/png", Buffer.from("[1,"))).toBe(null);
  expect(pausedStream("text/plain", Buffer.alloc(0))).toBe(null);
});
