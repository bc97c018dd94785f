import { expect, test } from "vitest";
import { isEnumWord } from "../../../src/digest/enum-words.ts";

test.each(["active", "pending", "asc", "IN_PROGRESS", "in-progress", "inProgress", "InProgress", "Active"])(
  "%s is a public word",
  (word) => {
    expect(isEnumWord(word)).toBe(true);
    expect(isEnumWord(word)).toBe(true);
  },
);

test.each([
  "",
  "a",
  "aCtIvE",
  "active ",
  "jane.doe",
  "tok_4eC39HqLyjWDarjtT1zdp7dc",
  "active1",
  "42",
  "x".repeat(41),
])("%j is not", (text) => {
  expect(isEnumWord(text)).toBe(false);
});
