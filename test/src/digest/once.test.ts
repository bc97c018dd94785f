import { expect, test } from "vitest";
import { noRecord, nothing, remembered, sole } from "../../../src/digest/once.ts";

test("nothing and one", () => {
  expect([nothing(), sole("__proto__", 1)]).toEqual([
    { kept: {}, tau: null, rest: null },
    { kept: JSON.parse('{"__proto__":1}'), tau: null, rest: null },
  ]);
  expect(Object.keys(noRecord())).toEqual([]);
});

test("remembers, and forgets rather than grows", () => {
  const made: string[] = [];
  const make = remembered((key) => made.push(key), 2);
  for (const key of ["a", "a", "b", "a", "c", "a"]) make(key);
  expect(made).toEqual(["a", "b", "c", "a"]);
});
