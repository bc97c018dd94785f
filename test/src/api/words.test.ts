// The lists of words: what the parameters offer.
import { expect, test } from "vitest";
import * as words from "../../../src/api/words.ts";

test.each(Object.entries(words))("%s lists each word once", (_name, list) => {
  expect(new Set<string>(list).size).toBe(list.length);
  expect(list.length).toBeGreaterThan(2);
});

test("words are spelt as the model spells them", () => {
  expect(words.STANDINGS).toEqual(["documented", "shadow", "zombie", "orphan", "unjudged"]);
  expect(words.SORTS).toEqual(["path", "-first_seen", "-last_seen", "-requests"]);
});
