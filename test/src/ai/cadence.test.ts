// The pace of streams: tokens of a model, bursts, ticks, and what a batching mirror leaves of them.
import { describe, expect, test } from "vitest";
import { isPaced, isPacedText } from "../../../src/ai/cadence.ts";
import type { StreamFacts, StreamKind } from "../../../src/model/stream-facts.ts";
import { frameFacts } from "../../collectors/wire/stream/frames.ts";

function stream(kind: StreamKind, frames: number, gap: (at: number) => number, size = 30): StreamFacts {
  const sizes = Array.from({ length: frames }, () => size);
  return {
    kinds: { [kind]: 1 },
    received: frameFacts(
      sizes,
      sizes.slice(1).map((_, at) => gap(at)),
    ),
  };
}

describe("paced", () => {
  test.each([
    ["tokens", stream("events", 40, (at) => 20 + (at % 7)), true],
    ["all at once", stream("events", 40, () => 0), false],
    ["in batches of ten", stream("events", 40, (at) => (at % 10 === 9 ? 200 : 0)), false],
    ["ticks of a second", stream("events", 40, () => 1000), false],
    ["a few", stream("events", 5, () => 30), false],
    ["nothing", { kinds: { events: 1 } }, false],
  ])("%s", (_, facts, told) => {
    expect(isPaced(facts)).toBe(told);
  });

  test("several streams need several times as many frames", () => {
    const facts = stream("events", 40, () => 30);
    expect(isPaced({ ...facts, kinds: { events: 6 } })).toBe(false);
  });
});

test("bare text in small pieces, no lines of a log, no framed stream", () => {
  expect(isPacedText(stream("text", 40, () => 30, 5))).toBe(true);
  expect(isPacedText(stream("text", 40, () => 30, 200))).toBe(false);
  expect(isPacedText(stream("events", 40, () => 30, 5))).toBe(false);
});
