// Frames that say their length: found whole, found in pieces, and given up when they are none.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AMAZON, GRPC, PrefixSplitter } from "../../../../src/digest/stream/prefixed.ts";
import type { PrefixedFrame } from "../../../../src/digest/stream/prefixed.ts";
import { frame } from "../grpc/encode.ts";

function amazon(payload: number): Uint8Array {
  const bytes = Buffer.alloc(16 + 10 + payload);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(10, 4);
  return bytes;
}

function split(kind: typeof GRPC, pieces: readonly Uint8Array[]): PrefixedFrame[] {
  const splitter = new PrefixSplitter(kind);
  const found: PrefixedFrame[] = [];
  for (const piece of pieces) splitter.push(piece, (one) => found.push(one));
  return found;
}

describe("each frame is told when its last byte came", () => {
  test("gRPC", () => {
    const body = Buffer.concat([
      frame(new Uint8Array(3)),
      frame(new Uint8Array(0), 1),
      frame(new Uint8Array(2), 0x80),
    ]);
    expect(split(GRPC, [body])).toEqual([
      { first: 0, from: 5, to: 8 },
      { first: 1, from: 13, to: 13 },
      { first: 0x80, from: 18, to: 20 },
    ]);
    expect(split(GRPC, [body.subarray(0, -1)])).toHaveLength(2);
  });

  test("AWS event streams", () => {
    expect(split(AMAZON, [Buffer.concat([amazon(4), amazon(0)])])).toEqual([
      { first: 0, from: 12, to: 30 },
      { first: 0, from: 42, to: 56 },
    ]);
  });
});

test.each([
  ["a flag that is none", GRPC, Uint8Array.from([2, 0, 0, 0, 0])],
  ["a length shorter than the frame's own fields", AMAZON, new Uint8Array(12)],
])("%s ends the reading", (_, kind, bytes) => {
  const splitter = new PrefixSplitter(kind);
  splitter.push(bytes, () => expect.unreachable());
  splitter.push(amazon(4), () => expect.unreachable());
  expect(splitter.failed).toBe(true);
});

test("cuts do not matter", () => {
  const bodies = fc.array(
    fc.oneof(
      fc.nat(40).map((length) => frame(new Uint8Array(length))),
      fc.uint8Array(),
    ),
  );
  fc.assert(
    fc.property(bodies, fc.array(fc.nat(60)), (parts, cuts) => {
      const body = Buffer.concat(parts);
      const at = [0, ...cuts.filter((cut) => cut < body.length).sort((a, b) => a - b), body.length];
      const pieces = at.slice(1).map((end, index) => body.subarray(at[index], end));
      expect(split(GRPC, pieces)).toEqual(split(GRPC, [body]));
    }),
  );
});
