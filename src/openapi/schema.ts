// Renders a shape as a JSON Schema (2020-12, as OpenAPI 3.1 uses it) that accepts everything the shape was made from.
import type { OpenAPIV3_1 } from "openapi-types";
import { formatNames } from "../model/formats.ts";
import type { FormatName } from "../model/formats.ts";
import { joinShape } from "../model/shape.ts";
import type { NumberShape, ObjectShape, Shape, StringShape } from "../model/shape.ts";

/** `x-…` members are allowed in every schema object. */
export type Schema = OpenAPIV3_1.SchemaObject & Readonly<Record<`x-${string}`, unknown>>;

/** Objects seen before a field that was always there is called required: responses come from one program, … */
export const RESPONSE_EVIDENCE = 20;
/** … requests from many, each with habits of its own. */
export const REQUEST_EVIDENCE = 50;
/** Values that must agree on a format before it is named; the weak ones are passed by many ordinary words. */
const STRONG_EVIDENCE = 5;
const WEAK_EVIDENCE = 20;

/** Formats of JSON Schema and OpenAPI, most telling first: a value may pass several. */
const STRONG = ["uuid", "ipv4", "ipv6", "date-time", "date", "time", "duration", "email", "uri"] as const;
const WEAK = ["hostname"] as const;

/** `evidence` is the number of objects from which on an ever-present field is called required. */
export function schemaOf(shape: Shape, evidence: number): Schema {
  if (shape.any === true) return {};
  const scalars = scalarKinds(shape);
  const structured: Schema[] = [];
  if (shape.array !== undefined) {
    const { items } = shape.array;
    structured.push({ type: "array", items: items === undefined ? {} : schemaOf(items, evidence) });
  }
  if (shape.object !== undefined) structured.push(objectSchema(shape.object, evidence));
  const plain = scalars.length === 0 ? [] : [scalarSchema(shape, scalars)];
  return oneOrAny([...plain, ...structured]);
}

type ScalarKind = "null" | "boolean" | "integer" | "number" | "string";

function scalarKinds(shape: Shape): readonly ScalarKind[] {
  const kinds: ScalarKind[] = [];
  if (shape.string !== undefined) kinds.push("string");
  if (shape.number !== undefined) kinds.push(shape.number.integer ? "integer" : "number");
  if (shape.booleans !== undefined) kinds.push("boolean");
  if (shape.nulls !== undefined) kinds.push("null");
  return kinds;
}

function oneOrAny(schemas: readonly Schema[]): Schema {
  const [only] = schemas;
  if (only === undefined) return {};
  return schemas.length === 1 ? only : { anyOf: [...schemas] };
}

function scalarSchema(shape: Shape, kinds: readonly ScalarKind[]): Schema {
  const [first = "null"] = kinds;
  const type = kinds.length === 1 ? first : [...kinds];
  // A format speaks of one kind; in a mixture it would be read as speaking of all.
  const single = kinds.filter((kind) => kind !== "null").length === 1;
  const details = single ? detailsOf(shape) : {};
  return { type, ...details } as Schema;
}

function detailsOf(shape: Shape): Schema {
  if (shape.string !== undefined) return stringDetails(shape.string);
  return shape.number === undefined ? {} : numberDetails(shape.number);
}

function numberDetails(number: NumberShape): Schema {
  if (!number.integer) return {};
  if (number.fits === "int32") return number.count < STRONG_EVIDENCE ? {} : { format: "int32" };
  return number.fits === "big" ? {} : { format: "int64" };
}

function stringDetails(string: StringShape): Schema {
  const names = formatNames(string.formats);
  const values = string.count - string.empty;
  const format = values < STRONG_EVIDENCE ? undefined : namedFormat(names, values);
  const [own] = names;
  const observed =
    own === undefined || format !== undefined || values < STRONG_EVIDENCE ? {} : { "x-umbra-format": own };
  if (format === undefined) return observed;
  // Formats are asserted by some validators, and the empty string has none.
  return string.empty > 0 ? { anyOf: [{ format }, { maxLength: 0 }] } : { format };
}

function namedFormat(names: readonly FormatName[], values: number): FormatName | undefined {
  const strong = STRONG.find((name) => names.includes(name));
  return strong ?? (values < WEAK_EVIDENCE ? undefined : WEAK.find((name) => names.includes(name)));
}

/** Fields named `{class}` stand for keys that were values (ids, dates): a map. */
const MAP_KEY = /^\{[a-z0-9-]+\}$/;

function objectSchema(object: ObjectShape, evidence: number): Schema {
  const names = Object.keys(object.fields.kept).sort();
  const properties: Record<string, Schema> = Object.create(null) as Record<string, Schema>;
  const required: string[] = [];
  let others: Shape | null = object.fields.rest;
  for (const name of names) {
    const field = object.fields.kept[name] as Shape;
    if (MAP_KEY.test(name)) {
      others = others === null ? field : joinShape(others, field);
      continue;
    }
    properties[name] = schemaOf(field, evidence);
    if (object.count >= evidence && field.count >= object.count) required.push(name);
  }
  return {
    type: "object",
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
    ...(others !== null && { additionalProperties: schemaOf(others, evidence) }),
  };
}

/** Lexemes (query parameters) are text, but text that always reads as a number or truth value may be called one. */
export function lexemeSchema(shape: Shape, repeated: boolean): Schema {
  const one = lexemeType(shape.string) ?? schemaOf(shape, Infinity);
  return repeated ? { type: "array", items: one } : one;
}

function lexemeType(string: StringShape | undefined): Schema | null {
  if (string === undefined || string.empty > 0 || string.count < STRONG_EVIDENCE) return null;
  const names = formatNames(string.formats);
  if (names.includes("integer")) return { type: "integer" };
  if (names.includes("decimal")) return { type: "number" };
  return names.includes("boolean") ? { type: "boolean" } : null;
}
