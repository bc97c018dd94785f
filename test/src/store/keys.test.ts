// Keys that fit an index entry and still tell rows apart.
import fc from "fast-check";
import { expect, test } from "vitest";
import { boundedKey, compareText, pathOrder } from "../../../src/store/keys.ts";
import { anEndpoint } from "../../support/builders.ts";

const BTREE_ENTRY = 2_704;
const wide = "\u{1F600}".repeat(10_000);

test("a short text is its own key", () => {
  expect(boundedKey("shop.test:8080")).toBe("shop.test:8080");
});

test("long texts keep different keys, and fit", () => {
  const keys = ["a", "b"].map((end) => boundedKey(wide + end));
  expect(new Set(keys).size).toBe(2);
  expect(boundedKey(`${wide}a`)).toBe(keys[0]);
  for (const key of keys) expect(Buffer.byteLength(key)).toBeLessThan(BTREE_ENTRY);
});

test("a cut never leaves half a character", () => {
  fc.assert(
    fc.property(fc.nat({ max: 3 }), (shift) => {
      expect(boundedKey("x".repeat(shift) + wide)).not.toMatch(/\p{Surrogate}/u);
      expect(pathOrder(anEndpoint({ path: "x".repeat(shift) + wide }))).not.toMatch(/\p{Surrogate}/u);
    }),
  );
});

test("order is by path, then method, then authority, and fits", () => {
  const row = (path: string, method: string, authority: string): string =>
    pathOrder(anEndpoint({ path, method, authority }));
  const ordered = [
    row("/a", "GET", "a.test"),
    row("/a", "GET", "b.test"),
    row("/a", "POST", "a.test"),
    row("/a ", "GET", "a.test"),
    row("/a/b", "GET", "a.test"),
  ];
  expect(ordered.toReversed().sort(compareText)).toEqual(ordered);
  expect(Buffer.byteLength(row(wide, wide, wide))).toBeLessThan(BTREE_ENTRY);
});

test("text is compared by code point", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
      const points = (text: string): number[] => Array.from(text, (point) => point.codePointAt(0) ?? 0);
      const [left, right] = [points(a), points(b)];
      const at = left.findIndex((point, index) => point !== right[index]);
      const expected = at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
      expect(Math.sign(compareText(a, b))).toBe(Math.sign(expected));
    }),
  );
});
