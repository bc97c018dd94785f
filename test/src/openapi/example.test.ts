import { expect, test } from "vitest";
import { exampleOf } from "../../../src/openapi/example.ts";

test.each<[object, unknown]>([
  [{ type: "integer" }, 1],
  [{ type: ["string", "null"], format: "date" }, "2024-01-01"],
  [{ type: "string", anyOf: [{ format: "email" }, { maxLength: 0 }] }, "user@example.com"],
  [{ enum: ["a", "b"] }, "a"],
  [{ anyOf: [{ type: "boolean" }, { type: "object" }] }, true],
  [{ type: "array", items: { type: "number" } }, [1.5]],
  [{ type: "array", items: {} }, []],
  [{ type: "array", prefixItems: [{ type: "integer" }, { type: "string" }] }, [1, "text"]],
  [{ $ref: "#/components/schemas/Pet" }, { name: "text" }],
  [{}, undefined],
])("%j: %j", (schema, example) => {
  const components = { Pet: { type: "object", properties: { name: { type: "string" } } } };
  expect(exampleOf(schema, components)).toEqual(example);
});

test("a type that contains itself ends, or has no example where it must contain itself", () => {
  const node = (required: readonly string[]) => ({
    Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } }, required },
  });
  expect(exampleOf({ $ref: "#/components/schemas/Node" }, node([]))).toEqual({
    next: { next: { next: { next: {} } } },
  });
  expect(exampleOf({ $ref: "#/components/schemas/Node" }, node(["next"]))).toBeUndefined();
});
