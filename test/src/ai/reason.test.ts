// A reason says how often and when it was seen.
import { expect, test } from "vitest";
import { reason } from "../../../src/ai/reason.ts";
import { emptyFacts } from "../../../src/model/facts.ts";

test("all requests, or as many as were counted", () => {
  const facts = { ...emptyFacts(7), requests: 3 };
  expect(reason("g", 2, "t", { facts, kind: null, format: null }).evidence).toEqual({
    group: "g",
    weight: 2,
    text: "t",
    count: 3,
    firstSeen: 7,
    lastSeen: 7,
  });
  expect(reason("g", 2, "t", { facts, kind: null, format: null, count: 1 }).evidence.count).toBe(1);
});
