// Frames of one direction: whole or in pieces, damaged or lost.
import { expect, test } from "vitest";
import { FrameReader } from "../../../../collectors/wire/http2/frame-reader.ts";
import type { Start } from "../../../../collectors/wire/http2/frame-reader.ts";
import * as frames from "../../../../collectors/wire/http2/frames.ts";
import { frame, talker, text } from "./build.ts";

function read(start: Start) {
  const told: string[] = [];
  const reader = new FrameReader(start, {
    frame: ({ type, stream, startedAt }, payload, at) =>
      void told.push(`frame ${type} ${stream} ${payload.length} ${startedAt}-${at}`),
    data: ({ stream }, bytes) => void told.push(`data ${stream} ${Buffer.from(bytes).toString()}`),
    dataGap: ({ stream }, length) => void told.push(`gap ${stream} ${length}`),
    dataEnd: ({ stream }, at) => void told.push(`end ${stream} ${at}`),
    lostFrame: ({ type }) => void told.push(`lost frame ${type}`),
    lost: () => void told.push("lost"),
    weird: (name) => void told.push(name),
    skipped: (bytes) => void told.push(`skipped ${bytes}`),
  });
  return { told, reader };
}

const up = talker();

test("whole frames carry the times of their first and last byte, DATA comes as it comes", () => {
  const { told, reader } = read("frames");
  const settings = frame(frames.SETTINGS, 0, 0, new Uint8Array(6));
  reader.push(settings.subarray(0, 3), 1);
  reader.push(settings.subarray(3), 2);
  const data = up.data(5, "abcdef");
  reader.push(data.subarray(0, 12), 3);
  reader.push(data.subarray(12), 4);
  expect(told).toEqual(["frame 4 0 6 1-2", "data 5 abc", "data 5 def", "end 5 4"]);
});

test("padding is no data, not even when it is longer than the frame", () => {
  const { told, reader } = read("frames");
  reader.push(frame(frames.DATA, frames.PADDED, 1, Uint8Array.from([2, 97, 98, 0, 0])), 1);
  reader.push(frame(frames.DATA, frames.PADDED, 1, Uint8Array.from([200, 97, 98, 0, 0])), 1);
  expect(told).toEqual(["data 1 ab", "end 1 1", "end 1 1"]);
});

test("the preface is demanded of a client that was heard from its start", () => {
  const { told, reader } = read("preface");
  reader.push(frames.PREFACE.subarray(0, 7), 1);
  reader.push(frames.PREFACE.subarray(7), 1);
  expect([reader.prefaced, told]).toEqual([true, []]);
  const other = read("preface");
  other.reader.push(text("PRI * HTTP/1.1\r\n"), 1);
  expect([other.reader.prefaced, other.told[0]]).toEqual([false, "h2.preface"]);
});

test("a hole in a body, in a frame that is read whole, and across frames", () => {
  const { told, reader } = read("frames");
  const data = up.data(1, "0123456789");
  reader.push(data.subarray(0, 11), 1);
  reader.gap(5, 1);
  reader.push(data.subarray(16), 1);
  const settings = frame(frames.SETTINGS, 0, 0, new Uint8Array(12));
  reader.push(settings.subarray(0, 10), 1);
  reader.gap(5, 1);
  reader.push(settings.subarray(15), 1);
  reader.push(data.subarray(0, 11), 1);
  reader.gap(20, 1);
  reader.push(Buffer.concat([data, data, data]), 2);
  expect(told.join("; ")).toBe(
    [
      "data 1 01; gap 1 5; data 1 789; end 1 1",
      "lost frame 4",
      "data 1 01; gap 1 8; end 1 1; lost",
      ...Array.from({ length: 3 }, () => "data 1 0123456789; end 1 2"),
    ].join("; "),
  );
});

test("a frame too long to gather is stepped over", () => {
  const { told, reader } = read("frames");
  reader.push(frame(frames.HEADERS, 0, 1, new Uint8Array(70_000)), 1);
  reader.push(frame(frames.PING, 0, 0, new Uint8Array(8)), 1);
  expect(told).toEqual(["h2.frame-limit", "lost frame 1", "frame 6 0 8 1-1"]);
});

test("nonsense three times over ends the reading", () => {
  const { told, reader } = read("frames");
  const nonsense = frame(frames.PING, 0, 7, new Uint8Array(8));
  const data = up.data(1, "a".repeat(3000));
  const chain = Buffer.concat([data, data, data]);
  for (let i = 0; i < 4; i++) reader.push(Buffer.concat([nonsense, chain]), 1);
  expect(told.filter((line) => line === "h2.frame")).toHaveLength(3);
  expect(told).toContain("h2.opaque");
  expect(told.at(-1)).toBe(`skipped ${nonsense.length + chain.length}`);
});
