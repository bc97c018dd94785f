// Cursors come back as they went out, or are refused; nothing else.
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor, limitOf, pageOf } from "../../../src/store/cursor.ts";
import { BadCursor } from "../../../src/store/errors.ts";

test("a cursor names the place it was made for", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.maxSafeNat(), (text, number) => {
      const id = text.replaceAll("\0", "");
      expect(decodeCursor("list", "number", encodeCursor("list", { key: number, id }))).toEqual({
        key: number,
        id,
      });
      expect(decodeCursor("list", "string", encodeCursor("list", { key: id, id: "i" }))).toEqual({
        key: id,
        id: "i",
      });
    }),
  );
});

test("no cursor is the beginning", () => {
  expect(decodeCursor("list", "string", null)).toBeNull();
});

test("whatever is sent gives a place or BadCursor", () => {
  const sent = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.json().map((json) => Buffer.from(json).toString("base64url")),
    fc
      .anything()
      .map((value) => Buffer.from(String(JSON.stringify(["list", value, value]))).toString("base64url")),
  );
  fc.assert(
    fc.property(sent, (cursor) => {
      let outcome: unknown;
      try {
        outcome = decodeCursor<number>("list", "number", cursor)?.key;
      } catch (error) {
        outcome = error instanceof BadCursor ? 0 : error;
      }
      expect(outcome).toSatisfy(Number.isSafeInteger);
    }),
  );
});

test("a cursor of another list or kind is refused", () => {
  const cursor = encodeCursor("a", { key: 1, id: "x" });
  expect(() => decodeCursor("b", "number", cursor)).toThrow(BadCursor);
  expect(() => decodeCursor("a", "string", cursor)).toThrow(BadCursor);
});

test("a page ends with a cursor exactly when there is more", () => {
  const page = (rows: readonly number[], limit: number): unknown =>
    pageOf(rows, { limit, cursor: null }, { cursor: (last) => `after ${last}`, item: (row) => -row });
  expect(page([1, 2, 3], 2)).toEqual({ items: [-1, -2], nextCursor: "after 2" });
  expect(page([1, 2], 2)).toEqual({ items: [-1, -2], nextCursor: null });
  expect(page([], 2)).toEqual({ items: [], nextCursor: null });
});

test("limits stay in their bounds", () => {
  const limits = [0, -1, 1, 500, 501, 2.9, Number.NaN, Number.POSITIVE_INFINITY];
  expect(limits.map((limit) => limitOf({ limit, cursor: null }))).toEqual([1, 1, 1, 500, 500, 2, 1, 500]);
});
