import fc from "fast-check";
import { expect, test } from "vitest";
import { isWeighed, jsonBytes } from "../../../src/model/json-size.ts";

test("is near the length of the text for what facts are made of", () => {
  const facts = { requests: 12, statuses: { "200": 11, "404": 1 }, names: ["id", "name"], none: null };
  expect(jsonBytes(facts)).toBeGreaterThan(JSON.stringify(facts).length * 0.7);
  expect(jsonBytes(facts)).toBeLessThan(JSON.stringify(facts).length * 1.5);
});

test("grows with what is added", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(jsonBytes([a, b])).toBeGreaterThan(Math.max(jsonBytes(a), jsonBytes(b)));
    }),
  );
});

test("at every power of two it is weighed again", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].filter(isWeighed)).toEqual([1, 2, 4, 8]);
});
