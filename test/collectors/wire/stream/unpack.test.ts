// Headers of gzip with everything in them, floods, and bodies that never flush.
import * as fc from "fast-check";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createUnpacker } from "../../../../collectors/wire/stream/unpack.ts";

const TEXT = "data: 1\n\n";

function all(encoding: string, pieces: readonly Uint8Array[]): string {
  const unpacker = createUnpacker(encoding);
  const parts = pieces.map((piece) => unpacker?.push(piece));
  return [...parts, unpacker?.end()].map((part) => part?.toString() ?? "").join("");
}

/** With an extra field, a name, a comment and a header checksum. */
function decorated(): Buffer {
  const plain = gzipSync(TEXT);
  const head = Buffer.from(plain.subarray(0, 10));
  head[3] = 4 | 8 | 16 | 2;
  return Buffer.concat([
    head,
    Buffer.from([2, 0, 9, 9]),
    Buffer.from("name\0comment\0"),
    Buffer.from([1, 1]),
    plain.subarray(10),
  ]);
}

test.each([
  ["gzip", gzipSync(TEXT)],
  ["X-GZIP", gzipSync(TEXT)],
  ["gzip", decorated()],
  ["deflate", deflateSync(TEXT)],
  ["deflate", deflateRawSync(TEXT)],
])("%s", (encoding, packed) => {
  expect(all(encoding, [packed])).toBe(TEXT);
  expect(
    all(
      encoding,
      [...packed].map((byte) => Uint8Array.of(byte)),
    ),
  ).toBe(TEXT);
});

test("codings that cannot be undone piece by piece", () => {
  expect(["br", "zstd", "gzip, gzip", "x"].map(createUnpacker)).toEqual([null, null, null, null]);
});

test("who never flushes is given up, and so is nonsense", () => {
  const unpacker = createUnpacker("gzip");
  const packed = gzipSync(Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 251)), {
    level: 0,
  });
  expect(unpacker?.push(packed.subarray(0, 60_000))?.length).toBe(0);
  expect(unpacker?.push(packed.subarray(60_000))).toBe(null);
  expect([unpacker?.push(packed), unpacker?.end()]).toEqual([null, null]);
});

test("any bytes never throw", () => {
  fc.assert(
    fc.property(fc.constantFrom("gzip", "deflate"), fc.array(fc.uint8Array()), (encoding, pieces) => {
      expect(() => all(encoding, pieces)).not.toThrow();
    }),
  );
});
