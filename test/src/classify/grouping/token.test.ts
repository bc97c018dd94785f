import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isHardCore, SUFFIX_MARK, tokenClass, tokenOf } from "../../../../src/classify/grouping/token.ts";

describe("a segment taken apart", () => {
  test.each([
    ["users", "users", ""],
    ["documents:batchGet", "documents", ":batchGet"],
    ["8412.json", "8412", ".json"],
    ["{hex}.json", "{hex}", ".json"],
    ["{uuid}:cancel", "{uuid}", ":cancel"],
    ["{uuid}", "{uuid}", ""],
    ["summer.png", "summer.png", ""],
    ["Products({int})", "Products({})", ""],
    ["Range(from={date},to={date})", "Range(from={},to={})", ""],
    ["PROJ-123", "{key}", ""],
    ["group%2Fproject", "{path}", ""],
    ["main.e9093483.js", "{file}", ""],
    ["T2Ps4qC3.json", "{token}", ".json"],
    ["T2Ps4qC3.png", "{token}", ""],
  ])("%s", (segment, core, suffix) => {
    expect(tokenOf(segment)).toEqual({ core, suffix });
  });

  test("any text has a core, which has no mark of a suffix", () => {
    fc.assert(
      fc.property(fc.webSegment(), (text) => {
        expect(tokenOf(text).core.includes(SUFFIX_MARK)).toBe(false);
      }),
    );
  });
});

test.each([
  ["{uuid}", "hard"],
  ["42", "int"],
  ["2024-01-31", "date"],
  ["v2", "version"],
  ["1.2.3", "semver"],
  ["us-east-1", "region"],
  ["eu-central-1a", "region"],
  ["de", "language"],
  ["de-AT", "locale"],
  ["USD", "code"],
  ["a", "letter"],
  ["shop.example.com", "host"],
  ["notes.txt", "file"],
  ["users.list", "dotted"],
  ["my-first-post", "slug"],
  ["top-10", "slug-digits"],
  ["network_in", "snake"],
  ["batchGet", "camel"],
  ["mark", "word"],
  ["51.5,-0.12", "coordinates"],
])("%s is of class %s", (core, name) => {
  expect(tokenClass(core)).toBe(name);
});

test("a hard core is a class in braces", () => {
  expect(["{uuid}", "{rest}", "uuid", "{}"].map(isHardCore)).toEqual([true, true, false, false]);
});
