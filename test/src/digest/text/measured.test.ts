// What is the same input, and what is another answer, shows in hashes alone.
import { expect, test } from "vitest";
import { createDigest } from "../../../../src/digest/digest.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import type { Turn } from "../../ai/talks.ts";
import { exchangesOf } from "../../ai/talks.ts";

const Q = "Please describe last week in two sentences.";
const A = "The north store took in 412 parcels and sent 398 of them on, most of them within two days.";

function textsOf(turns: readonly Turn[]) {
  const digest = createDigest({ dataClasses: [], hash32 });
  return exchangesOf({ name: "", kind: null, method: "POST", path: "/ask", turns }).map(
    (exchange) => digest.digest(exchange).facts.text,
  );
}

test("few words beside the question are part of it, ids are not", () => {
  const [a, b, c] = textsOf([
    { ask: { q: Q, store: "north hall", user: "u-1" }, say: { t: A } },
    { ask: { q: Q, store: "south hall", user: "u-1" }, say: { t: A } },
    { ask: { q: Q, store: "north hall", user: "u-2" }, say: { t: A } },
  ]);
  expect(a?.ins).not.toEqual(b?.ins);
  expect(a?.ins).toEqual(c?.ins);
});

test("another number makes no other answer", () => {
  const [a, b, c] = textsOf([
    { ask: { q: Q }, say: { t: A } },
    { ask: { q: Q }, say: { t: A.replace("412", "388") } },
    { ask: { q: Q }, say: { t: A.replace("took in", "received") } },
  ]);
  expect(a?.outs).toEqual(b?.outs);
  expect(a?.outs).not.toEqual(c?.outs);
});

test("fields are an input as a whole", () => {
  const [a, b, c] = textsOf([
    { ask: { colour: "green", size: 3 }, say: { t: A } },
    { ask: { colour: "green", size: 4 }, say: { t: A } },
    { ask: { colour: "green", size: 3 }, say: { t: `It was quiet. ${A}` } },
  ]);
  expect(Object.keys(a?.signals ?? {})).toContain("data-in");
  expect(a?.ins).not.toEqual(b?.ins);
  expect(a?.ins).toEqual(c?.ins);
  expect(a?.duration).not.toEqual({});
});

test("a caller that sends the talk so far", () => {
  const said = { who: "h", x: A };
  const [first, second] = textsOf([
    { ask: { turns: [{ who: "g", x: Q }] }, say: { x: A } },
    { ask: { turns: [{ who: "g", x: Q }, said, { who: "g", x: "And the week before?" }] }, say: { x: Q } },
  ]);
  expect(Object.keys(first?.signals ?? {})).not.toContain("carried");
  expect(Object.keys(second?.signals ?? {})).toContain("carried");
});
