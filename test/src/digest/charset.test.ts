import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText } from "../../../src/digest/charset.ts";

const bytes = (...codes: readonly number[]): Uint8Array => Uint8Array.from(codes);

test.each([
  [bytes(0xc3, 0xa9), "", { text: "é", complete: true, mislabelled: false }],
  [bytes(0xe9), "latin1", { text: "é", complete: true, mislabelled: false }],
  [bytes(0xe9), "utf-8", { text: "é", complete: true, mislabelled: true }],
  [bytes(0xff, 0xfe, 0xe9, 0), "", { text: "é", complete: true, mislabelled: false }],
  [bytes(0xfe, 0xff, 0, 0xe9), "utf-8", { text: "é", complete: true, mislabelled: false }],
  [bytes(0x61), "klingon", { text: "a", complete: true, mislabelled: true }],
] as const)("%s as %s", (bytes, label, decoded) => {
  expect(decodeText(bytes, label, true)).toEqual(decoded);
});

test("a character cut in two is left out", () => {
  expect(decodeText(bytes(0x61, 0xc3), "", false)).toEqual({
    text: "a",
    complete: false,
    mislabelled: false,
  });
});

test("only the first megabyte is looked at", () => {
  const { text, complete } = decodeText(new Uint8Array(2_000_000).fill(0x61), "", true);
  expect([text.length, complete]).toEqual([1_048_576, false]);
});

test("never fails", () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.oneof(fc.string(), fc.constantFrom("utf-16le", "gbk", "shift_jis")),
      fc.boolean(),
      (raw, label, whole) => {
        expect(typeof decodeText(raw, label, whole).text).toBe("string");
      },
    ),
  );
});
