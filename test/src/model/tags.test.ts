import { describe, expect, test } from "vitest";
import { boundedOf } from "../../../src/model/bounded.ts";
import type { Tags } from "../../../src/model/tags.ts";
import { growTags, SIBLINGS, TAG_NAMES } from "../../../src/model/tags.ts";

const one = (name: string, value: string, ...fields: readonly string[]): Tags => ({
  [name]: {
    [value]: {
      count: 1,
      fields: boundedOf(
        fields.map((field) => [field, 1] as const),
        SIBLINGS,
      ),
    },
  },
});
const join = (...all: readonly Tags[]): Tags => all.reduce<Tags>((held, from) => growTags(held, from), {});

describe("tables of tags", () => {
  test("count what stood beside each value", () => {
    const tags = join(
      one("type", "card", "type", "last4"),
      one("type", "bank", "type"),
      one("type", "card", "type"),
    );
    expect(tags["type"]?.["card"]).toMatchObject({ count: 2, fields: { kept: { type: 2, last4: 1 } } });
    expect(tags["type"]?.["bank"]?.count).toBe(1);
  });

  test("are given up after 16 values, for good", () => {
    const many = Array.from({ length: 17 }, (_, index) => one("type", `kind${index}`, "type"));
    expect(join(...many)["type"]).toEqual({});
    expect(join(...many, one("type", "card", "type"))["type"]).toEqual({});
    expect(join(one("type", "card", "type"), join(...many))["type"]).toEqual({});
  });

  test("are kept of the first three names, whatever the order", () => {
    const all = TAG_NAMES.slice(0, 5).map((name) => one(name, "card", name));
    const kept = TAG_NAMES.slice(0, 3).sort();
    expect(Object.keys(join(...all)).sort()).toEqual(kept);
    expect(Object.keys(join(...all.toReversed())).sort()).toEqual(kept);
  });
});
