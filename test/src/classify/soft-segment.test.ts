// One segment at a time: values and route words.
import { describe, expect, test } from "vitest";
import { classesIn, readHard, readSoft, valueClass } from "../../../src/classify/soft-segment.ts";

describe("valueClass", () => {
  test.each([
    ["7", "int"],
    ["2024-01-11", "date"],
    ["1.2.3", "semver"],
    ["a1b2c3d", "hex"],
    ["PROJ-7", "key"],
    ["user1234", "key"],
    ["user12345", "token"],
    ["x9y8z7w6", "token"],
    ["deadbee", null],
    ["oauth2", null],
    ["rfc7231", null],
    ["area-51", null],
    ["users", null],
    ["", null],
  ])("%s: %s", (text, expected) => {
    expect(valueClass(text)).toBe(expected);
  });
});

describe("editions", () => {
  const read = (raw: string, before: string, behind: string, behindValue = false) =>
    readSoft(raw, { before, behind, behindValue }).skeleton;
  test.each([
    ["3", "api", "", "3"],
    ["1", "", "boards", "1"],
    ["1", "", "", "{}"],
    ["1", "", "2", "{}"],
    ["2.0", "", "files", "2.0"],
    ["123", "api", "", "{}"],
    ["1", "users", "boards", "{}"],
  ])("%s between %s and %s: %s", (...[raw, before, behind, expected]) => {
    expect(read(raw, before, behind)).toBe(expected);
  });
  test("do not stand behind a value", () => {
    expect(read("3", "api", "", true)).toBe("{}");
  });
});

test("what the digest took out", () => {
  expect(readHard("{uuid}:cancel")).toEqual({ skeleton: "{}:cancel", classes: ["uuid"] });
  expect(readHard("{slug-id}.js")).toEqual({ skeleton: "{}", classes: ["file"] });
  expect(readHard("{uuid}.png")).toEqual({ skeleton: "{}.png", classes: ["uuid"] });
  expect(classesIn("f(a={int},b='{word}')/{*}")).toEqual(["int", "word", "tail"]);
});
