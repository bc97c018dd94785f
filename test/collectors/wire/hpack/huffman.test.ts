// Huffman strings: every symbol comes back, and nothing but proper padding ends one.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHuffman, HUFFMAN_CODES } from "../../../../collectors/wire/hpack/huffman.ts";
import { parsed } from "../../../../src/model/parsed.ts";
import { huffman } from "./encode.ts";

test("the canonical construction gives the codes RFC 7541 lists", () => {
  const listed: [number, number, number][] = [
    [0, 0x1ff8, 13],
    [10, 0x3ffffffc, 30],
    [32, 0x14, 6],
    [48, 0x0, 5],
    [65, 0x21, 6],
    [92, 0x7fff0, 19],
    [122, 0x7b, 7],
    [128, 0xfffe6, 20],
    [203, 0x7ffffde, 27],
    [249, 0xffffffe, 28],
    [255, 0x3ffffee, 26],
    [256, 0x3fffffff, 30],
  ];
  for (const [symbol, code, bits] of listed) expect(HUFFMAN_CODES[symbol]).toEqual({ code, bits });
});

test("what was coded comes back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = Buffer.from(bytes).toString("latin1");
      expect(decodeHuffman(Uint8Array.from(huffman(text)))).toEqual(parsed(text));
    }),
  );
});

test.each([
  ["a whole byte of padding", [0xff]],
  ["padding of zeros", [0b00000_000]],
  ["padding longer than seven bits", [...huffman("0"), 0xff]],
  ["EOS", [0xff, 0xff, 0xff, 0xff]],
])("%s is refused", (_, bytes) => {
  expect(decodeHuffman(Uint8Array.from(bytes))).toMatchObject({
    ok: false,
    weird: { name: "hpack.huffman" },
  });
});

test("any bytes give text or a weird", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(() => decodeHuffman(bytes)).not.toThrow();
    }),
  );
});
