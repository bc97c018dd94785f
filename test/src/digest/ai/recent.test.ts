// What a server asked while it answered: within the time, bounded.
import { expect, test } from "vitest";
import { createRecent } from "../../../../src/digest/ai/recent.ts";

test("between two times", () => {
  const recent = createRecent<string>();
  for (const at of [1, 5, 5, 9]) recent.note("a", at, `call ${at}`);
  expect(recent.between("a", 2, 8)).toEqual(["call 5", "call 5"]);
  expect(recent.between("b", 0, 10)).toEqual([]);
});

test("only the last ones are remembered", () => {
  const recent = createRecent<string>();
  for (let at = 0; at < 100; at += 1) recent.note("a", at, String(at));
  expect(recent.between("a", 0, 100)).toHaveLength(32);
  expect(recent.between("a", 99, 99)).toEqual(["99"]);
});
