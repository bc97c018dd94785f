// Events of a stream: the examples of the standard, model answers, cuts.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createNdjsonSplitter, createSseSplitter } from "../../../../collectors/wire/sse/events.ts";
import type { EventSplitter } from "../../../../collectors/wire/sse/events.ts";

function read(splitter: EventSplitter, text: string, cut = 0): [string, string][] {
  const bytes = Buffer.from(text);
  const step = cut || bytes.length || 1;
  const events = [];
  for (let at = 0; at < bytes.length; at += step)
    events.push(...splitter.push(bytes.subarray(at, at + step), at));
  return [...events, ...splitter.end()].map(({ type, data }) => [type, data]);
}

test.each([
  ["data: YHOO\ndata: +2\ndata: 10\n\n", [["message", "YHOO\n+2\n10"]]],
  [
    ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
    [
      ["message", "first event"],
      ["message", "second event"],
    ],
  ],
  [
    "data\n\ndata\ndata\n\ndata:",
    [
      ["message", ""],
      ["message", "\n"],
    ],
  ],
  [
    "data:test\n\ndata: test\n\n",
    [
      ["message", "test"],
      ["message", "test"],
    ],
  ],
  [
    "\uFEFFevent: add\r\ndata: 1\r\n\r\nevent: none\r\n\r\ndata: 2\r\n\r\n",
    [
      ["add", "1"],
      ["message", "2"],
    ],
  ],
  [
    'event: delta\ndata: {"text":"é"}\n\ndata: [DONE]\n\n',
    [
      ["delta", '{"text":"é"}'],
      ["message", "[DONE]"],
    ],
  ],
])("%j", (text, events) => {
  expect(read(createSseSplitter(), text)).toEqual(events);
});

test("each event has the time of the byte that completed it", () => {
  const splitter = createSseSplitter();
  expect(splitter.push(Buffer.from("data: 1\n"), 10)).toEqual([]);
  expect(splitter.push(Buffer.from("\ndata: 2\n\nda"), 25)).toMatchObject([
    { data: "1", at: 25 },
    { data: "2", at: 25 },
  ]);
});

test("NDJSON: one record a line, the last without a line feed", () => {
  expect(read(createNdjsonSplitter(), '{"a":1}\r\n\n{"b":2}\n{"c"')).toEqual([
    ["", '{"a":1}'],
    ["", '{"b":2}'],
    ["", '{"c"'],
  ]);
});

test("cuts do not matter", () => {
  const part = fc.constantFrom("data", ":", " ", "event", "é", "\n", "\r\n", "\r", "\uFEFF", "{}");
  fc.assert(
    fc.property(
      fc.array(part).map((parts) => parts.join("")),
      fc.integer({ min: 1, max: 5 }),
      (text, cut) => {
        expect(read(createSseSplitter(), text, cut)).toEqual(read(createSseSplitter(), text));
        expect(read(createNdjsonSplitter(), text, cut)).toEqual(read(createNdjsonSplitter(), text));
      },
    ),
  );
});

test("an event of endless data lines is cut and stays bounded", () => {
  const splitter = createSseSplitter();
  for (let i = 0; i < 100; i++) splitter.push(Buffer.from(`data: ${"x".repeat(5000)}\n`), i);
  const [event] = splitter.push(Buffer.from("\n"), 100);
  expect([event?.data.length, event?.cut]).toEqual([65_536, true]);
});
