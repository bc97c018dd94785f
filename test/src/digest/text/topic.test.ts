// Answers share words with their questions, in inflected languages and in those without spaces.
import { expect, test } from "vitest";
import { addedWords, sharedWords, stemsOf } from "../../../../src/digest/text/topic.ts";

test("stems and pairs", () => {
  expect([...stemsOf("Ändern der Bestellungen 42")]).toEqual(["änder", "beste"]);
  expect([...stemsOf("快递员")]).toEqual(["快递", "递员"]);
});

test("shared and added words", () => {
  expect(
    sharedWords(
      "How do I change my delivery address?",
      "The address of a delivery can be changed before noon.",
    ),
  ).toEqual({ count: 3, share: 1 });
  expect(
    sharedWords("How do I change my address?", "Thank you, somebody will call back tomorrow.")?.count,
  ).toBe(0);
  expect(sharedWords("hi", "hello")).toBeNull();
  expect(addedWords("change address", "change the number")).toEqual(["numbe"]);
});
