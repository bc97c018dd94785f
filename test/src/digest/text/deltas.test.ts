// Generated streams are told from log lines, tickers and captions of sentences.
import { expect, test } from "vitest";
import { streamText } from "../../../../src/digest/text/deltas.ts";

const ANSWER = "You can change the address as long as the order has not been packed by us.";
const words = ANSWER.match(/\S+\s*/g) ?? [];
const framed = (pieces: readonly string[]) => pieces.map((t) => JSON.stringify({ k: "part", t }));

test("pieces of words are one text again", () => {
  expect(streamText(framed(words))).toMatchObject({ text: ANSWER, name: "t", generated: true });
});

test("frames may repeat all text so far, or leave out spaces, or be plain", () => {
  const grown = words.map((_, at) => words.slice(0, at + 1).join(""));
  expect(streamText(framed(grown))).toMatchObject({ text: ANSWER, generated: true });
  expect(streamText(framed(words.map((word) => word.trim())))).toMatchObject({
    text: ANSWER,
    generated: true,
  });
  expect(streamText(words)).toMatchObject({ text: ANSWER, generated: true });
});

test("frames that are arrays have a text at each place", () => {
  const frames = words.map((word) => JSON.stringify(["part", word]));
  expect(streamText(frames)).toMatchObject({ text: ANSWER, generated: true });
});

test("the whole text at the end is not said twice", () => {
  expect(streamText(framed([...words, ANSWER]))?.text).toBe(ANSWER);
});

test.each([
  [
    "whole lines",
    [
      "Reading the file from the disk.",
      "Found twelve rows in it all.",
      "Writing rows to the table.",
      "All of it is done now.",
    ],
  ],
  ["prices", ["101.20", "101.21", "101.22", "101.25", "101.19"]],
  ["one kind of event", ["tick", "tick", "tick", "tick", "tick"]],
  ["two pieces", ["Hello there, ", "how are you?"]],
])("%s are not generated", (_name, pieces) => {
  expect(streamText(framed(pieces))?.generated ?? false).toBe(false);
});
