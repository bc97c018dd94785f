// A value of the answer was asked with, or it was not.
import { expect, test } from "vitest";
import card from "../../../../src/digest/data-classes/card-number.ts";
import email from "../../../../src/digest/data-classes/email.ts";
import { leaksOf } from "../../../../src/digest/ai/unasked.ts";

const CLASSES = [email, card];

test.each([
  ["Mail jane@example.com now.", "please mail jane@example.com", { email: { answers: 1, unasked: 0 } }],
  ["Mail jane@example.com now.", "please mail her", { email: { answers: 1, unasked: 1 } }],
  ["Both a@example.com and b@example.com", "a@example.com", { email: { answers: 1, unasked: 1 } }],
  [
    "Card 4111 1111 1111 1111 is fine",
    "is 4111111111111111 fine",
    { "card-number": { answers: 1, unasked: 0 } },
  ],
  ["Nothing here", "x", undefined],
])("%s / %s", (text, asked, leaks) => {
  expect(leaksOf([{ text, name: "content" }], CLASSES, asked)).toEqual(leaks);
});
