// Key paths in shapes, and what bodies say about a list of alternatives.
import { describe, expect, test } from "vitest";
import { hasKey, lookAtAnswers, lookAtRequest } from "../../../src/ai/keys.ts";
import { aShapeOf, anArrayOf, someFacts } from "../inventory/an-endpoint.ts";

const shape = aShapeOf({ a: { b: null }, "list[]": { c: null } });

test.each([
  ["a", true],
  ["a.b", true],
  ["a.*", true],
  ["*.b", true],
  ["list.*.c", true],
  ["b", false],
  ["a.c", false],
  ["list.c", false],
  ["__proto__", false],
  ["constructor", false],
])("%s: %s", (path, expected) => {
  expect(hasKey(shape, path)).toBe(expected);
});

test("items of a bare array, and anything below a cap", () => {
  expect(hasKey(anArrayOf(shape), "*.a.b")).toBe(true);
  expect(hasKey({ count: 1, any: true }, "x.y")).toBe(true);
});

describe("looks", () => {
  test.each([
    ["verified", someFacts({ request: shape })],
    ["missing", someFacts({ request: aShapeOf({ z: null }) })],
    ["unseen", someFacts({ requestType: "application/json", request: null })],
    ["unseen", someFacts()],
  ])("%s", (expected, facts) => {
    expect(lookAtRequest(facts, [["nothing"], ["a", "list"]])).toBe(expected);
  });
  test("errors are not answers", () => {
    expect(
      lookAtAnswers(
        someFacts({ response: aShapeOf({ error: null }), statuses: { 400: 1 } }),
        [["a"]],
        undefined,
      ),
    ).toBe("unseen");
  });
  test("media types decide where answers are not JSON", () => {
    const audio = someFacts({ responseType: "audio/mpeg", response: null });
    expect(lookAtAnswers(audio, [], "audio/")).toBe("verified");
    expect(lookAtAnswers(someFacts({ response: shape }), [], "audio/")).toBe("missing");
    expect(lookAtAnswers(someFacts(), [], "audio/")).toBe("unseen");
  });
});
