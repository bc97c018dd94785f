// Shapes as JSON Schema: what is claimed, from how much evidence, and that every joined state still accepts its parts.
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatBit } from "../../../src/model/formats.ts";
import { joinShape } from "../../../src/model/shape.ts";
import type { Shape } from "../../../src/model/shape.ts";
import { lexemeSchema, schemaOf } from "../../../src/openapi/schema.ts";
import { aShapeOf } from "../inventory/an-endpoint.ts";

function text(count: number, formats: number, empty = 0): Shape {
  return { count, string: { count, empty, formats, minLength: 1, maxLength: 64 } };
}

describe("kinds", () => {
  test.each<[string, Shape, object]>([
    ["nothing", { count: 0 }, {}],
    ["anything", { count: 3, any: true, nulls: 1 }, {}],
    ["null", { count: 1, nulls: 1 }, { type: "null" }],
    ["text or null", { ...text(2, 0), nulls: 1 }, { type: ["string", "null"] }],
    ["boolean", { count: 1, booleans: 1 }, { type: "boolean" }],
    [
      "small",
      { count: 9, number: { count: 9, integer: true, fits: "int32", decimals: 0 } },
      { type: "integer" },
    ],
    [
      "few integers",
      { count: 1, number: { count: 1, integer: true, fits: "int32", decimals: 0 } },
      { type: "integer" },
    ],
    [
      "big integers",
      { count: 1, number: { count: 1, integer: true, fits: "big", decimals: 0 } },
      { type: "integer" },
    ],
    [
      "number",
      { count: 1, number: { count: 1, integer: false, fits: "int32", decimals: 2 } },
      { type: "number" },
    ],
    [
      "empty arrays",
      { count: 1, array: { count: 1, empty: 1, minLength: 0, maxLength: 0 } },
      { type: "array", items: {} },
    ],
    ["empty objects", aShapeOf({}), { type: "object" }],
    [
      "text or object",
      { ...text(1, 0), ...aShapeOf({ a: null }) },
      { anyOf: [{ type: "string" }, { type: "object", properties: { a: { type: "string" } } }] },
    ],
  ])("%s", (_name, shape, schema) => {
    expect(schemaOf(shape, 20)).toEqual(schema);
  });
});

describe("formats", () => {
  const both = formatBit("date-time") | formatBit("hostname");
  test.each([
    [text(5, formatBit("uuid")), { type: "string", format: "uuid" }],
    [text(4, formatBit("uuid")), { type: "string" }],
    [text(9, formatBit("hostname")), { type: "string", "x-umbra-format": "hostname" }],
    [text(20, formatBit("hostname")), { type: "string", "x-umbra-format": "hostname" }],
    [text(5, formatBit("byte")), { type: "string", format: "byte" }],
    [text(20, both), { type: "string", format: "date-time" }],
    [text(9, formatBit("jwt")), { type: "string", "x-umbra-format": "jwt" }],
    [text(9, formatBit("email"), 2), { type: "string", anyOf: [{ format: "email" }, { maxLength: 0 }] }],
    [text(9, 0), { type: "string" }],
  ])("%#", (shape, schema) => {
    expect(schemaOf(shape, 20)).toEqual(schema);
  });
  test("names of hosts are told from names of methods and files by what they are called", () => {
    const hosts = text(20, formatBit("hostname"));
    expect(schemaOf(hosts, 20, 2, "mail_server")).toEqual({ type: "string", format: "hostname" });
    expect(schemaOf(hosts, 20, 2, "method")).not.toHaveProperty("format");
  });
});

describe("objects", () => {
  test("a field is required when it was always there, often enough", () => {
    const often = aShapeOf({ a: null }, 20);
    expect(schemaOf(often, 20)).toMatchObject({ required: ["a"] });
    expect(schemaOf(often, 21)).not.toHaveProperty("required");
    expect(schemaOf(joinShape(often, aShapeOf({ b: null }, 20)), 20)).not.toHaveProperty("required");
  });
  test("keys that were values make a map", () => {
    expect(schemaOf(aShapeOf({ "{uuid}": { a: null } }), 20)).toEqual({
      type: "object",
      additionalProperties: { type: "object", properties: { a: { type: "string" } } },
    });
  });
  test("fields beyond the cap are typed by what they had in common", () => {
    const shape: Shape = {
      count: 1,
      object: { count: 1, fields: { kept: {}, tau: 1, rest: { count: 3, booleans: 3 } } },
    };
    expect(schemaOf(shape, 20)).toEqual({ type: "object", additionalProperties: { type: "boolean" } });
  });
});

describe("lexemes", () => {
  test.each([
    [text(5, formatBit("integer")), { type: "integer" }],
    [text(4, formatBit("integer")), { type: "string" }],
    [text(6, formatBit("integer"), 1), { type: "string", "x-umbra-format": "integer" }],
    [text(5, formatBit("decimal")), { type: "number" }],
    [text(5, formatBit("boolean")), { type: "boolean" }],
    [text(5, formatBit("uuid")), { type: "string", format: "uuid" }],
  ])("%#", (shape, schema) => {
    expect(lexemeSchema(shape)).toEqual(schema);
  });
});

describe("tuples", () => {
  const pair = { count: 60, empty: 0, minLength: 2, maxLength: 2, tuple: 4 + (8 << 6) };
  const items: Shape = {
    ...text(60, 0),
    count: 120,
    number: { count: 60, integer: true, fits: "big", decimals: 0 },
  };
  test("have a schema for each position", () => {
    expect(schemaOf({ count: 60, array: { ...pair, items } }, 20)).toMatchObject({
      prefixItems: [{ type: "integer" }, { type: "string" }],
      items: { type: ["string", "integer"] },
    });
  });
  test("are no tuples while few were seen", () => {
    expect(schemaOf({ count: 49, array: { ...pair, count: 49, items } }, 20)).not.toHaveProperty(
      "prefixItems",
    );
  });
});

/** The shape of one JSON value. */
function shapeOfValue(value: unknown): Shape {
  if (value === null) return { count: 1, nulls: 1 };
  if (typeof value === "boolean") return { count: 1, booleans: 1 };
  if (typeof value === "number") {
    const integer = Number.isInteger(value);
    return { count: 1, number: { count: 1, integer, fits: "int53", decimals: integer ? 0 : 2 } };
  }
  if (typeof value === "string") {
    return {
      count: 1,
      string: { count: 1, empty: value === "" ? 1 : 0, formats: 0, minLength: 0, maxLength: 64 },
    };
  }
  if (Array.isArray(value)) {
    const array = { count: 1, empty: value.length === 0 ? 1 : 0, minLength: 0, maxLength: 9 };
    if (value.length === 0) return { count: 1, array };
    const items = value.map(shapeOfValue).reduce((all, one) => joinShape(all, one));
    return { count: 1, array: { ...array, items } };
  }
  const fields = Object.fromEntries(
    Object.entries(value as object).map(([key, inner]) => [key, shapeOfValue(inner)]),
  );
  return { count: 1, object: { count: 1, fields: { kept: fields, tau: null, rest: null } } };
}

test("whatever was seen validates against the schema of all that was seen", () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const key = fc.constantFrom("a", "b", "c");
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: "small", maxDepth: 3 },
      fc.constantFrom(null, true, 1, 1.5, "", "x"),
      fc.array(tie("json"), { maxLength: 3 }),
      fc.dictionary(key, tie("json"), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(fc.array(json, { minLength: 1, maxLength: 5 }), (values) => {
      const shape = values.map(shapeOfValue).reduce((all, one) => joinShape(all, one));
      const validate = ajv.compile(schemaOf(shape, 2));
      for (const value of values) expect(validate(value) || validate.errors).toBe(true);
    }),
  );
});

test("fields that name schemas are described by patterns, and needed like others", () => {
  const schema = schemaOf(aShapeOf({ $id: null, $ref: null, name: null }, 20), 20);
  expect(schema).toMatchObject({
    properties: { name: { type: "string" } },
    patternProperties: { "^\\$id$": { type: "string" }, "^\\$ref$": { type: "string" } },
    required: ["$id", "$ref", "name"],
  });
  expect(schema.properties).not.toHaveProperty("$id");
});

describe("half the evidence makes required", () => {
  test("a record of which nothing was ever missing", () => {
    expect(schemaOf(aShapeOf({ a: null, b: null, c: null }, 10), 20)).toHaveProperty("required");
    expect(schemaOf(aShapeOf({ a: null, b: null }, 10), 20)).not.toHaveProperty("required");
  });
  test("what is always there beside what is often missing, not beside what seldom is", () => {
    const with_ = aShapeOf({ a: null, b: null, c: null }, 5);
    const without = aShapeOf({ a: null, b: null }, 5);
    expect(schemaOf(joinShape(with_, without), 20)).toMatchObject({ required: ["a", "b"] });
    const often = aShapeOf({ a: null, b: null, c: null }, 9);
    expect(schemaOf(joinShape(often, aShapeOf({ a: null, b: null }, 1)), 20)).not.toHaveProperty("required");
  });
});
