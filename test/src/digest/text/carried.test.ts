// Answers are known again within later requests to the same endpoint, and only there.
import { expect, test } from "vitest";
import { createCarried } from "../../../../src/digest/text/carried.ts";
import { hash32 } from "../../../../src/model/hash.ts";

const ANSWER = "Switch it off and clean the filter behind the flap.";
const leaves = (text: string) => [{ name: "x", path: ".x", text }];

test("an answer comes back, in other letters too", () => {
  const carried = createCarried(hash32);
  expect(carried.has("a /ask", leaves(ANSWER))).toBe(false);
  carried.note("a /ask", ANSWER);
  expect(carried.has("a /ask", leaves(ANSWER.toUpperCase()))).toBe(true);
  expect(carried.has("b /ask", leaves(ANSWER))).toBe(false);
});

test("short texts are said twice by chance", () => {
  const carried = createCarried(hash32);
  carried.note("a /ask", "Yes, of course!");
  expect(carried.has("a /ask", leaves("Yes, of course!"))).toBe(false);
});

test("the oldest go first", () => {
  const carried = createCarried(hash32);
  for (let n = 0; n < 9000; n += 1) carried.note("a /ask", `${ANSWER} Then call number ${n}.`);
  expect(carried.has("a /ask", leaves(`${ANSWER} Then call number 1.`))).toBe(false);
  expect(carried.has("a /ask", leaves(`${ANSWER} Then call number 8999.`))).toBe(true);
});
