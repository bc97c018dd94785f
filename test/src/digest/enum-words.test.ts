import { expect, test } from "vitest";
import { isEnumWord } from "../../../src/digest/enum-words.ts";

test.each(["active", "pending", "asc"])("%s is a public word", (word) => {
  expect(isEnumWord(word)).toBe(true);
});

test.each(["", "a", "jane.doe", "tok_4eC39HqLyjWDarjtT1zdp7dc", "42", "x".repeat(40)])(
  "%j is not",
  (text) => {
    expect(isEnumWord(text)).toBe(false);
  },
);
