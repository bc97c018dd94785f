import { expect, test } from "vitest";
import {
  createVocabulary,
  likelihoodOf,
  NO_ROLES,
  readWords,
  VOCABULARY,
} from "../../../../src/classify/grouping/vocabulary.ts";

const LETTERS = { alphabet: "ab0-_.?$", step: 0.5, table: { "^^": "1zzzzzzz", "^a": "zz2zzzz4" } };

test("words are read with their roles", () => {
  const words = readWords("me 33 11 0 14;users 86 8 71 13");
  expect(words.get("me")).toEqual({ route: 33, besideVariables: 11, beforeVariables: 0, beforeWords: 14 });
  expect(createVocabulary(words, LETTERS).roles("nothing")).toBe(NO_ROLES);
});

test("likelihood is the mean of the steps, negative", () => {
  expect(likelihoodOf(LETTERS, "a")).toBe(-((1 + 4) * 0.5) / 2);
});

test("digits are one letter, unknown characters another", () => {
  expect(likelihoodOf(LETTERS, "7")).toBe(likelihoodOf(LETTERS, "0"));
  expect(likelihoodOf(LETTERS, "é")).toBe(likelihoodOf(LETTERS, "?"));
});

test("the shipped tables know what is usual in APIs", () => {
  expect(VOCABULARY.roles("users").beforeVariables).toBeGreaterThan(10);
  expect(VOCABULARY.roles("search").besideVariables).toBeGreaterThan(10);
  expect(VOCABULARY.likelihood("settings")).toBeGreaterThan(VOCABULARY.likelihood("xk23sdq"));
});
