// The content as a flow of its own: offsets, 0-RTT that waits, ends that wait.
import { expect, test } from "vitest";
import { InnerFlow } from "../../../../collectors/wire/tls/inner-flow.ts";

function open() {
  const told: string[] = [];
  const flow = new InnerFlow(() => {
    told.push("made");
    return {
      data: ({ side, bytes, offset, at }) => void told.push(`${side} ${offset} ${Buffer.from(bytes)} ${at}`),
      gap: (side, offset, length) => void told.push(`${side} ${offset} gap ${length}`),
      end: (side, _at, how) => void told.push(`${side} ${how}`),
      weight: 5,
    };
  });
  const say = (text: string, early = false) => flow.data(0, { bytes: Buffer.from(text), early }, 1);
  return { flow, told, say };
}

test("offsets run through data and gaps, a decoder is made for content only", () => {
  const { flow, told, say } = open();
  say("");
  expect([told, flow.isOpen]).toEqual([[], false]);
  say("abc");
  flow.gap(0, 4, 1);
  say("de");
  expect(told).toEqual(["made", "0 0 abc 1", "0 3 gap 4", "0 7 de 1"]);
});

test("0-RTT data counts when the server takes it, and only then", () => {
  const taken = open();
  taken.say("early", true);
  taken.flow.early(true);
  taken.say("late");
  expect(taken.told).toEqual(["made", "0 0 early 1", "0 5 late 1"]);
  const refused = open();
  refused.say("early", true);
  refused.flow.early(false);
  refused.say("early again");
  expect(refused.told).toEqual(["made", "0 0 early again 1"]);
});

test("0-RTT data that nobody answers stays bounded", () => {
  const { flow, told, say } = open();
  for (let i = 0; i < 100; i++) say("x".repeat(10_000), true);
  flow.early(true);
  expect(told).toHaveLength(1 + 6);
});

test("an end waits for content that may still come", () => {
  const { flow, told, say } = open();
  flow.end(0, 1, "fin", true);
  say("a");
  flow.end(1, 1, "rst", false);
  expect(told).toEqual(["made", "0 0 a 1", "0 fin", "1 rst"]);
});
