// Parameters: what is read, and what a refusal names.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyOf,
  given,
  inPath,
  instant,
  integer,
  oneOf,
  readParameters,
  text,
  texts,
} from "../../../src/api/parameter.ts";

const WORDS = ["red", "green"] as const;

describe("one parameter reads what is allowed and nothing else", () => {
  test.each([
    ["text", text("t", 3), ["abc"], "abc"],
    ["text not given", text("t", 3), [], undefined],
    ["a variable of the path", inPath("p"), ["a/b"], "a/b"],
    ["a word", oneOf("w", WORDS), ["green"], "green"],
    ["words repeated", anyOf("w", WORDS), ["red", "green"], ["red", "green"]],
    ["words in a list", anyOf("w", WORDS), ["green, red,green"], ["green", "red"]],
    ["free texts", texts("t", 9), ["a,b", "c"], ["a", "b", "c"]],
    ["no free texts", texts("t", 9), [], []],
    ["a number", integer("n", { least: 1, most: 5, otherwise: 3 }), ["5"], 5],
    ["a number not given", integer("n", { least: 1, most: 5, otherwise: 3 }), [], 3],
    ["an instant", instant("i"), ["2026-07-01T09:30:00.250Z"], Date.UTC(2026, 6, 1, 9, 30, 0, 250)],
    ["an instant elsewhere", instant("i"), ["2026-07-01T11:30:00+02:00"], Date.UTC(2026, 6, 1, 9, 30)],
    ["an offset nobody escaped", instant("i"), ["2026-07-01T11:30:00 02:00"], Date.UTC(2026, 6, 1, 9, 30)],
    ["small letters", instant("i"), ["2026-07-01t09:30:00z"], Date.UTC(2026, 6, 1, 9, 30)],
    ["a date", instant("i"), ["2026-07-01"], Date.UTC(2026, 6, 1)],
  ])("%s", (_name, parameter, texts, value) => {
    expect(parameter.read(texts)).toEqual({ value });
  });

  test.each([
    ["text too long", text("t", 3), ["abcd"]],
    ["text that is empty", text("t", 3), [""]],
    ["an unknown word", oneOf("w", WORDS), ["blue"]],
    ["a word in another case", oneOf("w", WORDS), ["RED"]],
    ["a list with one unknown word", anyOf("w", WORDS), ["red,blue"]],
    ["an empty list", anyOf("w", WORDS), [""]],
    ["an empty free text", texts("t", 9), ["a,,b"]],
    ["too many free texts", texts("t", 9), [Array(101).fill("a").join(",")]],
    ["a number too high", integer("n", { least: 1, most: 5, otherwise: 3 }), ["6"]],
    ["no whole number", integer("n", { least: 1, most: 5, otherwise: 3 }), ["1.5"]],
    ["a number in another notation", integer("n", { least: 1, most: 5, otherwise: 3 }), ["0x2"]],
    ["a local time", instant("i"), ["2026-07-01T09:30:00"]],
    ["a day that is none", instant("i"), ["2026-02-30"]],
    ["a month that is none", instant("i"), ["2026-13-01"]],
    ["milliseconds", instant("i"), ["1751362200000"]],
  ])("not %s", (_name, parameter, texts) => {
    expect(parameter.read(texts)).toBeNull();
  });

  test("none throws, whatever comes", () => {
    const all = [text("t"), inPath("p"), oneOf("w", WORDS), anyOf("w", WORDS), texts("t", 9), instant("i")];
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
        expect(() => all.map((parameter) => parameter.read(texts))).not.toThrow();
      }),
    );
  });
});

describe("all parameters of a request", () => {
  const declared = { colour: oneOf("c", WORDS), limit: integer("n", { least: 1, most: 5, otherwise: 3 }) };

  test("values stand under their names", () => {
    expect(readParameters(declared, new Map([["colour", ["red"]]]), "query")).toEqual({
      values: { colour: "red", limit: 3 },
      errors: [],
    });
  });

  test("everything wrong is named at once, with what is allowed", () => {
    const wrong = new Map([
      ["colour", ["blue"]],
      ["limit", ["1", "2"]],
      ["__proto__", ["x"]],
    ]);
    expect(readParameters(declared, wrong, "query").errors).toEqual([
      { in: "query", name: "colour", detail: "colour must be one of red, green" },
      { in: "query", name: "limit", detail: "limit may be given once" },
      { in: "query", name: "__proto__", detail: "there is no such parameter; allowed are colour, limit" },
    ]);
  });

  test("a long unknown name is not echoed whole", () => {
    const [error] = readParameters({}, new Map([["x".repeat(5000), ["1"]]]), "query").errors;
    expect(error?.name).toHaveLength(60);
  });
});

test("conditions not given are not there", () => {
  expect(Object.keys(given({ a: 1, b: undefined, c: null }))).toEqual(["a", "c"]);
});
