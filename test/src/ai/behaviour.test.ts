// Signals become evidence by their share, speeds and repetitions.
import { expect, test } from "vitest";
import { behaviour } from "../../../src/ai/behaviour.ts";
import { emptyFacts } from "../../../src/model/facts.ts";
import { histogramOf } from "../../../src/model/sketch.ts";
import type { TextFacts, TextSignal } from "../../../src/model/text-facts.ts";
import { emptyText } from "../../../src/model/text-facts.ts";
import { frameFacts } from "../../collectors/wire/stream/frames.ts";

const seen = { count: 4, firstSeen: 5, lastSeen: 9 };
function evidence(signals: readonly TextSignal[], more: Partial<TextFacts> = {}, method = "POST") {
  const text = {
    ...emptyText(),
    looked: 4,
    signals: Object.fromEntries(signals.map((one) => [one, seen])),
    ...more,
  };
  return behaviour({ method }, { ...emptyFacts(0), text }).map(({ group, weight }) => `${group} ${weight}`);
}

test("no texts, no evidence", () => {
  expect(behaviour({ method: "POST" }, emptyFacts(0))).toEqual([]);
});

test("a talk", () => {
  expect(evidence(["text-in", "text-out", "answer"])).toEqual(["language 1.6", "language 1.3"]);
  expect(evidence(["text-in", "text-out", "answer"], {}, "GET")).toContain("against -2.5");
});

test("speed of generation needs time and pace", () => {
  const at = (ms: number, pace: number) =>
    evidence(["text-in", "text-out", "answer"], { duration: histogramOf(ms), speed: histogramOf(pace) });
  expect(at(2000, 60)).toContain("timing 1.8");
  expect(at(2000, 5000)).not.toContain("timing 1.8");
  expect(at(20, 60)).toContain("against -1.5");
});

test("the same input, other words", () => {
  const pairs = (outs: number[]) => ({ pairs: { kept: { a: { count: 3, outs } }, tau: null, rest: null } });
  expect(evidence(["answer"], pairs([1, 2]))).toContain("variation 2.6");
  expect(evidence(["answer"], pairs([1]))).toContain("against -3");
  expect(evidence(["answer", "usage"], pairs([1]))).not.toContain("against -3");
});

test("what is written is stored, and what varies at once was drawn", () => {
  expect(evidence(["text-in", "text-out", "answer"], {}, "PUT")).toContain("against -2");
  expect(evidence(["text-in", "text-out", "answer"])).not.toContain("against -2");
  const pairs = { kept: { a: { count: 3, outs: [1, 2] } }, tau: null, rest: null };
  expect(evidence(["answer"], { pairs, duration: histogramOf(20) })).toContain("variation 1");
  expect(evidence(["answer"], { pairs, duration: histogramOf(900) })).toContain("variation 2.6");
});

test("canned answers", () => {
  expect(evidence(["answer"], { ins: [1, 2, 3], outs: [7] })).toContain("against -4");
});

test("one answer for several questions is looked up, unless it is a label", () => {
  const shared = (length: number) =>
    evidence(["answer"], { ins: [1, 2, 3, 4], outs: [7, 8], length: histogramOf(length) });
  expect(shared(120)).toContain("against -3");
  expect(shared(8)).not.toContain("against -3");
  const refusing = { ins: [1, 2, 3, 4], outs: [7, 8], length: histogramOf(120) };
  expect(evidence(["answer", "refusal"], refusing)).not.toContain("against -3");
});

test("answers that go into the question, and come back with the next one", () => {
  expect(evidence(["answer", "elaborates"])).toContain("topic 1.1");
  expect(evidence(["answer", "elaborates"], { looked: 1 })).toContain("topic 0.5");
  expect(evidence(["answer", "carried"])).toContain("conversation 2.2");
});

test("pictures that take their time, in sizes that models have", () => {
  const drawn = (signals: readonly TextSignal[], ms: number) => {
    const text = {
      ...emptyText(),
      looked: 4,
      signals: Object.fromEntries(signals.map((one) => [one, seen])),
    };
    const facts = { ...emptyFacts(0), text, latency: histogramOf(ms) };
    return behaviour({ method: "POST" }, facts).map(({ group, weight }) => `${group} ${weight}`);
  };
  expect(drawn(["image-link"], 4000)).toEqual(["modality 3"]);
  expect(drawn(["image-link"], 90)).toEqual(["modality 1.8"]);
  expect(drawn(["image-link", "canvas"], 90)).toEqual(["modality 1.8", "modality 1.4"]);
  expect(drawn(["canvas"], 90)).toEqual([]);
});

test("nesting far beyond chance", () => {
  const nesting = (chance: number) => ({
    nesting: { requests: 4, enclosing: 4, chance, hosts: { kept: {}, tau: null, rest: null } },
  });
  expect(evidence([], nesting(100))).toContain("graph 4");
  expect(evidence([], nesting(2500))).not.toContain("graph 4");
});

test("evidence says when it was seen", () => {
  const text = { ...emptyText(), looked: 4, signals: { "text-in": seen, "text-out": seen } };
  expect(behaviour({ method: "POST" }, { ...emptyFacts(0), text })[0]).toMatchObject(seen);
});

test("the pace of a stream counts where text grows, and stands alone for text without frames", () => {
  const paced = (kind: "events" | "text", signals: readonly TextSignal[], gap: number, method = "POST") => {
    const sizes = Array.from({ length: 20 }, () => 6);
    const stream = {
      kinds: { [kind]: 1 },
      received: frameFacts(
        sizes,
        sizes.map(() => gap),
      ),
    };
    const told = Object.fromEntries(signals.map((one) => [one, seen]));
    const text = { ...emptyText(), looked: 4, signals: told };
    return behaviour({ method }, { ...emptyFacts(0), text, stream })
      .filter(({ group }) => group === "stream")
      .map(({ weight }) => weight);
  };
  expect(paced("events", ["deltas"], 30)).toEqual([3.4, 0.8]);
  expect(paced("events", ["deltas"], 0)).toEqual([3.4]);
  expect(paced("events", ["deltas"], 30, "GET")).toEqual([1.2]);
  expect(paced("events", ["text-in", "answer"], 30)).toEqual([]);
  expect(paced("text", ["text-in", "answer"], 30)).toEqual([2.4]);
  expect(paced("text", ["text-in", "answer"], 900)).toEqual([]);
  expect(paced("text", ["text-in"], 30)).toEqual([]);
});
