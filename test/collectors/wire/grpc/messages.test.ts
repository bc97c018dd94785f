// gRPC framing: prefixes, cuts and nonsense.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readGrpcMessages } from "../../../../collectors/wire/grpc/messages.ts";

const framed = (flag: number, ...body: number[]) => {
  const prefix = Buffer.alloc(5);
  prefix[0] = flag;
  prefix.writeUInt32BE(body.length, 1);
  return [...prefix, ...body];
};

test("messages come one by one, compressed ones marked", () => {
  const { messages, weird } = readGrpcMessages(
    Uint8Array.from([...framed(0, 8, 7), ...framed(0), ...framed(1, 9)]),
  );
  expect(messages.map(({ compressed, bytes }) => [compressed, ...bytes])).toEqual([
    [false, 8, 7],
    [false],
    [true, 9],
  ]);
  expect(messages.every(({ complete }) => complete)).toBe(true);
  expect(weird).toBe(null);
});

test.each([
  ["a cut message", framed(0, 1, 2, 3).slice(0, 7), [[1, 2]], null],
  ["a cut prefix", [...framed(0, 1), 0, 0], [[1]], "grpc.short"],
  ["another protocol", [...framed(0, 1), 123], [[1]], "grpc.flag"],
  ["a length beyond all bytes", [0, 255, 255, 255, 255, 5], [[5]], null],
])("%s", (_, bytes, read, name) => {
  const { messages, weird } = readGrpcMessages(Uint8Array.from(bytes));
  expect(messages.map((message) => [...message.bytes])).toEqual(read);
  expect(weird?.name ?? null).toBe(name);
  expect(messages.at(-1)?.complete).toBe(name !== null);
});

test("a flood of empty messages ends at the limit", () => {
  const { messages, weird } = readGrpcMessages(new Uint8Array(5000));
  expect([messages.length, weird?.name]).toEqual([256, "grpc.messages-limit"]);
});

test("any bytes are read without a throw, and never more bytes than there are", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const { messages } = readGrpcMessages(bytes);
      expect(messages.reduce((sum, message) => sum + message.bytes.length, 0)).toBeLessThanOrEqual(
        bytes.length,
      );
    }),
  );
});
