// Length-prefixed reading: values, absent bytes, lengths nobody should believe.
import { expect, test } from "vitest";
import { u16List, VectorReader } from "../../../../collectors/wire/tls/vectors.ts";

test("numbers and vectors in their order", () => {
  const reader = new VectorReader(Uint8Array.from([1, 2, 3, 2, 8, 9, 0, 1, 7]));
  expect([
    reader.u8(),
    reader.u16(),
    [...reader.vector8()],
    [...reader.vector16()],
    reader.left,
    reader.short,
  ]).toEqual([1, 515, [8, 9], [7], 0, false]);
});

test("what is absent reads as zero and is remembered", () => {
  const reader = new VectorReader(Uint8Array.from([5, 1]));
  expect([...reader.vector8()]).toEqual([1]);
  expect([reader.short, reader.u16()]).toEqual([true, 0]);
});

test("a list of numbers leaves an odd byte out", () => {
  expect(u16List(Uint8Array.from([1, 0, 0, 2, 3]))).toEqual([256, 2]);
});
