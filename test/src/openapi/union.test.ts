import { describe, expect, test } from "vitest";
import { shapeOf } from "../../../src/digest/draft.ts";
import { createJsonReader } from "../../../src/digest/json.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import { objectSchema } from "../../../src/openapi/schema.ts";
import type { ObjectClass } from "../../../src/openapi/type-graph.ts";
import { createTypeGraph } from "../../../src/openapi/type-graph.ts";
import { branchSchema, unionIn } from "../../../src/openapi/union.ts";

function classOf(values: readonly object[]): ObjectClass {
  const reader = createJsonReader(
    createSafeName(() => false),
    null,
  );
  reader.read(JSON.stringify(values), true);
  const items = shapeOf(reader.draft).array?.items ?? { count: 0 };
  const { object } = createTypeGraph(() => "").add(items, "", { required: 20, clients: 1 });
  if (object === null) throw new Error("no object");
  return object;
}

const times = (count: number, value: object) => Array.from({ length: count }, () => value);
const CARD = { type: "card", brand: "x", id: 1 };
const BANK = { type: "bank", iban: "x", id: 1 };

describe("a union", () => {
  test("is told by a tag whose kinds have fields of their own", () => {
    const held = classOf([...times(20, CARD), ...times(20, BANK)]);
    const union = unionIn(held);
    if (union === null) throw new Error("no union");
    expect([union.tag, union.values]).toEqual(["type", ["bank", "card"]]);
    expect(branchSchema(held, union, "card", objectSchema)).toMatchObject({
      properties: { type: { type: "string", enum: ["card"] }, brand: { type: "string" } },
      required: ["brand", "id", "type"],
    });
    expect(branchSchema(held, union, "card", objectSchema).properties).not.toHaveProperty("iban");
  });

  test.each([
    ["few objects of a kind", [...times(20, CARD), ...times(19, BANK)]],
    ["the same fields in all", [...times(20, CARD), ...times(20, { ...CARD, type: "bank" })]],
    ["objects without the tag", [...times(20, CARD), ...times(20, BANK), { id: 1 }]],
    ["tags that are no public words", [...times(20, CARD), ...times(20, { ...BANK, type: "acme-x9" })]],
  ])("is none for %s", (_why, values) => {
    expect(unionIn(classOf(values))).toBeNull();
  });
});
