import { expect, test } from "vitest";
import { VOCABULARY } from "../../../../src/classify/grouping/vocabulary.ts";
import type { Values } from "../../../../src/classify/grouping/word-features.ts";
import { addWord, isPlural, rolesOf, takesValues } from "../../../../src/classify/grouping/word-features.ts";

const word = (segment: string): Values => {
  const values: Values = {};
  addWord(values, segment, VOCABULARY);
  return values;
};

test("English plurals, roughly", () => {
  expect(["users", "address", "status", "analysis", "user"].map(isPlural)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("verbs begin words", () => {
  expect(
    ["add_subnet", "batchGet", "reset-password", "address", "settings"].map((text) => word(text)["verb"]),
  ).toEqual([1, 1, 1, 0, 0]);
});

test("compounds are known by their parts", () => {
  expect(word("list-users")["parts"]).toBe(1);
  expect(word("users")["parts"]).toBe(0);
  expect(word("xqzj-users")["parts"]).toBe(0.5);
});

test("extensions of routes are none of the word", () => {
  expect(word("update.json")).toMatchObject({ stem: 1, "class:word": 1, unknown: 0 });
  expect(word("update")["stem"]).toBe(0);
});

test("collections take values, sections do not, unknown words say nothing", () => {
  expect(takesValues("users", VOCABULARY)).toBeGreaterThan(0);
  expect(takesValues("api", VOCABULARY)).toBeLessThan(0);
  expect([
    takesValues("xqzj", VOCABULARY),
    takesValues("{}", VOCABULARY),
    takesValues(undefined, VOCABULARY),
  ]).toEqual([0, 0, 0]);
});

test("roles are looked up in lower case", () => {
  expect(rolesOf("Users", VOCABULARY)).toEqual(rolesOf("users", VOCABULARY));
});
