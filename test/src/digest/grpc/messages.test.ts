// gRPC bodies: messages, cuts, compression, trailers of gRPC-Web, and nonsense.
import * as fc from "fast-check";
import { deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { fromBase64, readGrpcBody } from "../../../../src/digest/grpc/messages.ts";
import { frame } from "./encode.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const plain = (body: Uint8Array, encoding = "") => {
  const read = readGrpcBody(body, encoding);
  return read && { ...read, messages: read.messages.map((message) => [...message]) };
};

test("messages come one by one, compressed ones inflated", () => {
  const long = Buffer.alloc(500, 7);
  const body = Buffer.concat([frame(bytes(8, 7)), frame(bytes()), frame(gzipSync(long), 1)]);
  expect(plain(body, "gzip")).toEqual({
    messages: [[8, 7], [], [...long]],
    count: 3,
    isPartial: false,
    trailers: null,
  });
  expect(plain(frame(deflateSync(long), 1), "deflate")?.messages).toEqual([[...long]]);
});

test.each([
  ["a cut message", frame(bytes(1, 2, 3)).subarray(0, 7), [], 1],
  ["a cut prefix", Buffer.concat([frame(bytes(1)), bytes(0, 0)]), [[1]], 1],
  ["something else behind", Buffer.concat([frame(bytes(1)), bytes(123, 1, 2, 3, 4, 5)]), [[1]], 1],
  ["a length beyond all bytes", bytes(0, 255, 255, 255, 255, 5), [], 1],
  ["an unknown compression", frame(bytes(1), 1), [], 1],
])("%s is partial", (_, body, messages, count) => {
  expect(plain(body, "snappy")).toEqual({ messages, count, isPartial: true, trailers: null });
});

test("bytes that are no gRPC are told as such", () => {
  expect(readGrpcBody(Buffer.from('{"code": 12}'), "")).toBe(null);
});

test("the trailers of gRPC-Web are no message", () => {
  const body = Buffer.concat([frame(bytes(1)), frame(Buffer.from("grpc-status:5\r\n"), 0x80)]);
  expect(plain(body)).toEqual({
    messages: [[1]],
    count: 1,
    isPartial: false,
    trailers: "grpc-status:5\r\n",
  });
});

test("base64 may be padded in the middle", () => {
  const parts = [bytes(1), bytes(2, 3), bytes(4, 5, 6)].map((part) => Buffer.from(part).toString("base64"));
  expect([...fromBase64(Buffer.from(parts.join("")))]).toEqual([1, 2, 3, 4, 5, 6]);
});

test("a flood of messages ends at the limit, and all are counted", () => {
  const read = readGrpcBody(new Uint8Array(5000), "");
  expect([read?.messages.length, read?.count, read?.isPartial]).toEqual([256, 1000, true]);
});

test("a flood of bombs is inflated up to a limit", () => {
  const bomb = frame(gzipSync(Buffer.alloc(60_000)), 1);
  const read = readGrpcBody(Buffer.concat(Array.from({ length: 200 }, () => bomb)), "gzip");
  const size = read?.messages.reduce((sum, message) => sum + message.length, 0) ?? 0;
  expect(size).toBeLessThan(1_200_000);
});

test("any bytes are read without a throw", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom("", "gzip", "br"), (body, encoding) => {
      expect(() => readGrpcBody(body, encoding)).not.toThrow();
      expect(() => fromBase64(body)).not.toThrow();
    }),
  );
});
