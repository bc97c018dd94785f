import { describe, expect, test } from "vitest";
import type { StringShape } from "../../../src/model/shape.ts";
import { enumeration, textDetails } from "../../../src/openapi/text-schema.ts";

function words(counts: Readonly<Record<string, number>>, empty = 0): StringShape {
  const count = Object.values(counts).reduce((all, one) => all + one, 0);
  return { count: count + empty, empty, formats: 0, minLength: 4, maxLength: 8, words: counts };
}
const many = { required: 20, clients: 5 };
const alone = { required: 20, clients: 1 };

describe("an enumeration", () => {
  test.each<[string, StringShape, string, typeof many, readonly string[] | null]>([
    ["of words that come again", words({ open: 20, closed: 20 }), "phase", many, ["closed", "open"]],
    [
      "by a likely name, with half as many",
      words({ open: 10, closed: 10 }),
      "orderStatus",
      many,
      ["closed", "open"],
    ],
    ["by any other name needs more", words({ open: 10, closed: 10 }), "phase", many, null],
    ["is none when a word came once", words({ open: 60, closed: 1 }), "status", many, null],
    ["is none in free text", words({ open: 20, closed: 20 }), "first_name", many, null],
    ["of one client alone needs more", words({ open: 20, closed: 20 }), "status", alone, null],
    ["of one client, often", words({ open: 60, closed: 60 }), "status", alone, ["closed", "open"]],
    ["of one word is none", words({ open: 100 }), "status", many, null],
    ["of one word is a constant under a tag's name", words({ list: 100 }), "object", many, ["list"]],
    [
      "is none where values are no words",
      { count: 99, empty: 0, formats: 0, minLength: 1, maxLength: 8 },
      "status",
      many,
      null,
    ],
  ])("%s", (...[, string, name, evidence, expected]) => {
    expect(enumeration(string, name, evidence)).toEqual(expected);
  });

  test("lists the empty text where it was seen", () => {
    expect(textDetails(words({ open: 20, closed: 20 }, 1), "status", many)).toEqual({
      enum: ["", "closed", "open"],
    });
  });
});
