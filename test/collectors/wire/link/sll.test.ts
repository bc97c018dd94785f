import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readSll, readSll2 } from "../../../../collectors/wire/link/sll.ts";
import { read, testLayers } from "./layer.ts";

testLayers(
  ["version 1", readSll, "0000 0001 0006 0202020202020000 0800", LAYER.etherType, 16],
  ["version 2", readSll2, "86dd 0000 00000002 0001 00 06 0202020202020000", LAYER.etherType, 20],
);

test("protocols are taken from their places", () => {
  expect(read(readSll, "0000 0001 0006 0202020202020000 0800").proto).toBe(0x0800);
  expect(read(readSll2, "86dd 0000 00000002 0001 00 06 0202020202020000").proto).toBe(0x86dd);
});

test("too few bytes are malformed", () => {
  expect(read(readSll2, "86dd").weird).toBe("link.short");
});
