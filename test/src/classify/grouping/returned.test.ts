import { expect, test } from "vitest";
import { namesOf, wasReturnedIn } from "../../../../src/classify/grouping/returned.ts";
import type { Returned } from "../../../../src/model/grouping-facts.ts";
import { RETURNED_HASHES } from "../../../../src/model/grouping-facts.ts";

const few: Returned = { kept: { login: [3, 9], id: [9] }, tau: null, rest: null };
const full: Returned = {
  kept: { id: Array.from({ length: RETURNED_HASHES }, (_, n) => n * 2) },
  tau: null,
  rest: null,
};

test("a whole sample answers for every hash, a full one up to its largest", () => {
  expect([3, 4].map(wasReturnedIn(few))).toEqual([true, false]);
  expect([2, 3, 100_000].map(wasReturnedIn(full))).toEqual([true, false, null]);
});

test("without a sample nothing is known", () => {
  expect(wasReturnedIn({ kept: {}, tau: null, rest: null })(3)).toBeNull();
  expect(wasReturnedIn({ ...few, tau: 5, rest: [1] })(4)).toBeNull();
});

test("fields that held a value", () => {
  expect(namesOf(few, 9)).toEqual(["id", "login"]);
});
