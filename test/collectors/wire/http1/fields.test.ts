import { expect, test } from "vitest";
import { Allowance } from "../../../../collectors/wire/allowance.ts";
import { Fields, valueOf } from "../../../../collectors/wire/http1/fields.ts";

function read(...lines: string[]): Fields {
  const fields = new Fields(new Allowance(() => {}));
  for (const line of lines) fields.add(line);
  return fields;
}

test("names in lower case, values trimmed, repeats kept in order", () => {
  const { list, isOdd } = read("Host: a", "X-A:1", "x-a:\t 2 ");
  expect([list, isOdd]).toEqual([
    [
      ["host", "a"],
      ["x-a", "1"],
      ["x-a", "2"],
    ],
    false,
  ]);
});

test.each([
  ["folded", ["A: 1", "  2"], [["a", "1 2"]]],
  ["folded behind an empty value", ["A:", "\tb"], [["a", "b"]]],
  ["space before the colon", ["A : 1"], [["a", "1"]]],
  ["no colon", ["A: 1", "junk"], [["a", "1"]]],
  ["no name", [": 1"], []],
  ["folded first", [" x"], []],
])("odd but tolerated: %s", (_name, lines, list) => {
  const fields = read(...lines);
  expect([fields.list, fields.isOdd]).toEqual([list, true]);
});

test("beyond the limit only what frames the message is kept", () => {
  const flood = Array.from({ length: 400 }, (_field, index) => `X-${index}: 1`);
  const fields = read(...flood, "Content-Length: 5");
  expect([fields.list.length, fields.dropped, fields.list.at(-1)]).toEqual([
    257,
    144,
    ["content-length", "5"],
  ]);
});

test("even framing fields are not kept without end", () => {
  expect(read(...Array.from({ length: 2_000 }, () => "Host: a")).list.length).toBe(512);
});

test("characters are bounded too, folded or not", () => {
  const long = "x".repeat(40_000);
  const fields = read(`A: ${long}`, `B: ${long}`, "C: 1", ` ${long}`);
  expect([fields.list.map(([name]) => name), fields.dropped]).toEqual([["a"], 2]);
});

test("the first value of a name", () => {
  expect([
    valueOf(
      [
        ["a", "1"],
        ["a", "2"],
      ],
      "a",
    ),
    valueOf([], "a"),
  ]).toEqual(["1", undefined]);
});
