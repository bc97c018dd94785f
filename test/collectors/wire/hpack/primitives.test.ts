// Integers and strings of HPACK: the RFC's examples, and lengths nobody should believe.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readInteger, readString } from "../../../../collectors/wire/hpack/primitives.ts";
import { parsed } from "../../../../src/model/parsed.ts";
import { integer, string } from "./encode.ts";

const at = (bytes: readonly number[]) => ({ bytes: Uint8Array.from(bytes), at: 0 });

test.each([
  [10, 5, [0b01010]],
  [1337, 5, [0b11111, 0b10011010, 0b00001010]],
  [42, 8, [0b00101010]],
])("RFC 7541, C.1: %i with a %i-bit prefix", (value, prefix, bytes) => {
  expect(readInteger(at(bytes), prefix)).toEqual(parsed(value));
});

test("integers come back and leave the cursor behind themselves", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 4, max: 7 }), (value, prefix) => {
      const bytes = integer(value, prefix, 0);
      const cursor = at([...bytes, 1, 2]);
      expect(readInteger(cursor, prefix)).toEqual(parsed(value));
      expect(cursor.at).toBe(bytes.length);
    }),
  );
});

test.each([
  ["too large", [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], "hpack.integer"],
  ["endless zeros", [0x7f, ...Array.from({ length: 5000 }, () => 0x80)], "hpack.integer"],
  ["cut", [0x7f, 0x80], "hpack.short"],
  ["absent", [], "hpack.short"],
])("an integer that is %s", (_, bytes, name) => {
  expect(readInteger(at(bytes), 7)).toEqual({ ok: false, weird: { name } });
});

test("strings, coded and plain", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, coded) => {
      const text = Buffer.from(bytes).toString("latin1");
      expect(readString(at(string(text, coded)))).toEqual(parsed(text));
    }),
  );
});

test("a string longer than its block is refused before anything is allocated", () => {
  expect(readString(at([...integer(0xfffffff0, 7, 0), 1, 2, 3]))).toEqual({
    ok: false,
    weird: { name: "hpack.short" },
  });
});
