import * as fc from "fast-check";
import { expect, test } from "vitest";
import { eventData, jsonLines } from "../../../src/digest/events.ts";

test("one JSON text a line, empty lines and record separators aside", () => {
  expect([...jsonLines('{"a":1}\r\n\n\u001E{"b":2}\n{"c', false)]).toEqual([
    { text: '{"a":1}', complete: true },
    { text: '{"b":2}', complete: true },
    { text: '{"c', complete: false },
  ]);
});

test("an event's data lines are one text; comments, names and ids are none", () => {
  const stream = ': hi\nevent: x\nid: 1\ndata: {"a":\ndata:1}\n\ndata: [DONE]\r\n\r\ndata: {"b';
  expect([...eventData(stream, false)].map(({ text, complete }) => [text.trim(), complete])).toEqual([
    ['{"a":\n1}', true],
    ["[DONE]", true],
    ['{"b', false],
  ]);
});

test("endless streams are not read to their end", () => {
  expect([...jsonLines("1\n".repeat(5000), true)]).toHaveLength(1000);
  expect([...eventData("data: 1\n\n".repeat(5000), true)]).toHaveLength(1000);
});

test("never fails", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, complete) => {
      for (const item of [...jsonLines(text, complete), ...eventData(text, complete)])
        expect(typeof item.text).toBe("string");
    }),
  );
});
