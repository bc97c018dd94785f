// Events, lines and items of streams: the examples of the standard, model answers, cuts, floods.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { eventsIn, NAMES_ONLY, splitters } from "../../../../src/digest/stream/text.ts";
import type { StreamEvent } from "../../../../src/digest/stream/text.ts";

type Kind = keyof typeof splitters;

function read(kind: Kind, pieces: readonly string[], keep = Infinity): readonly StreamEvent[] {
  const splitter = splitters[kind](keep);
  const found: StreamEvent[] = [];
  for (const piece of pieces) splitter.push(piece, (event) => found.push(event));
  splitter.end(false, (event) => found.push(event));
  return found;
}

test.each([
  ["data: YHOO\ndata: +2\ndata: 10\n\n", [["", "YHOO\n+2\n10"]]],
  [
    ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
    [
      ["", "first event"],
      ["", "second event"],
      ["", " third event"],
    ],
  ],
  [
    "data\n\ndata\ndata\n\ndata:",
    [
      ["", ""],
      ["", "\n"],
      ["", ""],
    ],
  ],
  [
    "\uFEFFevent: add\r\ndata: 1\r\n\r\nevent: none\r\n\r\ndata: 2\r\n\r\n",
    [
      ["add", "1"],
      ["none", null],
      ["", "2"],
    ],
  ],
  [
    'event: delta\ndata: {"text":"é"}\n\nretry: 100\n\ndata: [DONE]\n\n',
    [
      ["delta", '{"text":"é"}'],
      ["", "[DONE]"],
    ],
  ],
])("events of %j", (text, events) => {
  expect(read("events", [text]).map((event) => [event.type, event.text])).toEqual(events);
});

test("one record a line, without separators, the last without an end", () => {
  expect(read("lines", ['{"a":1}\r\n\n\u001E{"b":2}\n  \nHello \n{"c'])).toEqual([
    { type: "", text: '{"a":1}', size: 7, complete: true },
    { type: "", text: '{"b":2}', size: 7, complete: true },
    { type: "", text: "Hello ", size: 6, complete: true },
    { type: "", text: '{"c', size: 3, complete: false },
  ]);
});

test.each([
  ['[{"a":"]}"},\n{"b":[1,{"c":2}]} , 12,"x,\\"y" ,null]  [1]', [10, 17, 2, 7, 4]],
  ["[]", []],
  ['{"a":[1,2]}', []],
  ['[{"a":1},{"b', [7, 3]],
])("items of %s", (text, sizes) => {
  expect(read("items", [text]).map(({ size }) => size)).toEqual(sizes);
});

test("an object is told when it closes, not when the next begins", () => {
  const splitter = splitters.items();
  const found: StreamEvent[] = [];
  splitter.push('[{"a":1}', (event) => found.push(event));
  expect(found).toHaveLength(1);
});

test("who only counts keeps nothing, and counts the same", () => {
  const text = `event: delta\ndata: ${"x".repeat(1000)}\ndata: ${"y".repeat(50)}\n\n`;
  const sizes = (keep: number) => read("events", [text], keep).map(({ size }) => size);
  expect([sizes(NAMES_ONLY), sizes(Infinity)]).toEqual([[1051], [1051]]);
  expect(read("events", [text], NAMES_ONLY)[0]?.text?.length).toBeLessThan(40);
  expect(read("lines", [`${"x".repeat(1000)}\n`], NAMES_ONLY)).toMatchObject([
    { size: 1000, text: "x".repeat(16) },
  ]);
});

test("endless streams are read up to as many events as are wanted", () => {
  expect(eventsIn("lines", { text: "1\n".repeat(50_000), complete: true }, 1000)).toHaveLength(1000);
  expect(eventsIn("events", { text: "data: 1\n\n".repeat(50_000), complete: true }, 1000)).toHaveLength(1000);
});

test("cuts do not matter", () => {
  const part = fc.constantFrom(
    "data",
    ":",
    " ",
    "event",
    "é",
    "\n",
    "\r\n",
    "\r",
    "\uFEFF",
    "{}",
    "[",
    "]",
    ",",
    '"',
    "\\",
  );
  const kind = fc.constantFrom<Kind>("events", "lines", "items");
  fc.assert(
    fc.property(kind, fc.array(part), fc.integer({ min: 1, max: 5 }), (kind, parts, cut) => {
      const text = parts.join("");
      const pieces = Array.from({ length: Math.ceil(text.length / cut) }, (_, at) =>
        text.slice(at * cut, at * cut + cut),
      );
      expect(read(kind, pieces)).toEqual(read(kind, [text]));
    }),
    { numRuns: 1000 },
  );
});
