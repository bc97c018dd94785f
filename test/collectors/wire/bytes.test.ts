import { expect, test } from "vitest";
import { asBuffer, i32, latin1, ownCopy, u16, u32 } from "../../../collectors/wire/bytes.ts";

const bytes = Buffer.from("fffefdfc0102", "hex");

test("numbers are big-endian, signed where asked, and zero beyond the end", () => {
  expect([u16(bytes, 0), u32(bytes, 0), i32(bytes, 0), u16(bytes, 40)]).toEqual([
    0xfffe, 0xfffefdfc, -66052, 0,
  ]);
});

test("a buffer over an array shares its memory, a copy does not", () => {
  const array = Uint8Array.of(1, 2, 3);
  const shared = asBuffer(array.subarray(1));
  const copy = ownCopy(shared);
  array[1] = 9;
  expect([shared[0], copy[0], shared.length]).toEqual([9, 2, 2]);
});

test("text may be asked for beyond the end", () => {
  expect(latin1(Buffer.from("abc"), 1, 99)).toBe("bc");
});
