import { expect, test } from "vitest";
import { defineDataClass } from "../../../src/digest/data-class.ts";

test("a unit is what it says", () => {
  const unit = {
    id: "x",
    title: "X",
    reference: "https://example.com",
    sensitivity: "personal",
    hint: /x/,
    find: () => true,
    examples: [],
    rejects: [],
  } as const;
  expect(defineDataClass(unit)).toBe(unit);
});
