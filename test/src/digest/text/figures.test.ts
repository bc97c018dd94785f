// Numbers tell vectors, ranks, labels, tensors and tokens from other numbers.
import { expect, test } from "vitest";
import { askOf } from "../../../../src/digest/text/ask.ts";
import {
  areTensors,
  hasCanvas,
  hasLabels,
  hasNeighbours,
  hasParameters,
  hasRanks,
  hasVectors,
  usageOf,
} from "../../../../src/digest/text/figures.ts";
import { treeOf } from "../../../../src/digest/text/tree.ts";

const vector = [0.1, -0.2, 0.3, 0.01, -0.5, 0.22];

test("vectors have one length and broken numbers around zero", () => {
  expect(hasVectors(treeOf({ v: [vector, vector.toReversed()] }))).toBe(true);
  expect(hasVectors(treeOf({ v: [vector, [0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7]] }))).toBe(false);
  expect(
    hasVectors(
      treeOf({
        points: [
          [47.1, 15.4],
          [47.2, 15.5],
        ],
      }),
    ),
  ).toBe(false);
  expect(hasVectors(treeOf({ series: [12.5, 13.5, 11.2, 14.8, 10.1, 9.5] }))).toBe(false);
});

test("ranks point into the documents that went in", () => {
  const sent = { need: "a lamp for the desk", texts: ["Lamp", "Chair", "Table"] };
  const ranks = (value: unknown) => hasRanks(treeOf(sent), treeOf(value), askOf(treeOf(sent)));
  expect(
    ranks({
      r: [
        { i: 0, s: 0.9 },
        { i: 2, s: 0.1 },
      ],
    }),
  ).toBe(true);
  expect(ranks([0.9, 0.1, 0.05])).toBe(true);
  expect(ranks({ r: [{ price: 19, id: 4711 }] })).toBe(false);
});

test("labels of moderation are probabilities", () => {
  expect(hasLabels(treeOf({ scores: { hate: 0.1, violence: 0.02 } }))).toBe(true);
  expect(hasLabels(treeOf({ counts: { hate: 12, violence: 3 } }))).toBe(false);
  expect(hasLabels(treeOf({ mood: { happy: 0.9, sad: 0.1 } }))).toBe(false);
});

test("tensors", () => {
  const sent = treeOf({ instances: [[1, 2, 3.5]] });
  expect(areTensors(sent, treeOf({ predictions: [0.3] }), askOf(sent))).toBe(true);
});

test("neighbours of a vector come in order", () => {
  const vector = Array.from({ length: 80 }, (_, n) => Math.sin(n * 1.7) / 3);
  const found = (...scores: number[]) => treeOf({ near: scores.map((score, id) => ({ id, score })) });
  expect(hasNeighbours(treeOf({ v: vector, k: 2 }), found(0.9, 0.7, 0.2))).toBe(true);
  expect(hasNeighbours(treeOf({ v: vector }), treeOf({ ids: [["a", "b"]], far: [[0.2, 0.4]] }))).toBe(true);
  expect(hasNeighbours(treeOf({ v: vector }), found(0.2, 0.9, 0.1))).toBe(false);
  expect(hasNeighbours(treeOf({ v: [0.1, 0.5, -0.2] }), found(0.9, 0.7))).toBe(false);
});

test("sizes of pictures that are generated", () => {
  expect(hasCanvas(treeOf({ w: 512, h: 768 }))).toBe(true);
  expect(hasCanvas(treeOf({ size: "1024x1024" }))).toBe(true);
  expect(hasCanvas(treeOf({ w: 1920, h: 1080 }))).toBe(false);
});

test("tokens fit each other or the text", () => {
  const answer = { text: "x".repeat(100), language: "en" };
  expect(usageOf(treeOf({ prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }), null).consistent).toBe(
    true,
  );
  expect(usageOf(treeOf({ tokens: 25 }), answer)).toMatchObject({ consistent: true, tokensOut: 25 });
  expect(usageOf(treeOf({ use: { in: 9, out: 30 } }), answer).consistent).toBe(true);
  expect(usageOf(treeOf({ use: { in: 9, out: 3000 } }), answer).known).toBe(false);
  expect(usageOf(treeOf({ minutes: 12 }), answer).known).toBe(false);
});

test("a thermostat has a temperature too", () => {
  expect(hasParameters(treeOf({ temperature: 0.7 }))).toBe(true);
  expect(hasParameters(treeOf({ temperature: 21.5 }))).toBe(false);
  expect(hasParameters(treeOf({ name: "x" }))).toBe(false);
});
