// Parameters of one operation: where they stand, how lists and objects are written in them, what they are.
// The package types parameters of 3.1 with schemas of 3.0; hence both.
import type { OpenAPIV3, OpenAPIV3_1 } from "openapi-types";
import { joinShape } from "../model/shape.ts";
import type { Facts, ParamFacts } from "../model/sighting.ts";
import { estimateDistinct } from "../model/sketch.ts";
import type { PathGroup } from "./grouping.ts";
import type { Schema } from "./schema-type.ts";
import { lexemeSchema, requestEvidence } from "./schema.ts";
import { keyParameters } from "./security.ts";

type Parameter = OpenAPIV3_1.ParameterObject;

/** JSON Schema of a path variable by the token class that stood there; text where nothing more is certain. */
const CLASS_SCHEMAS: Readonly<Record<string, Schema>> = {
  uuid: { type: "string", format: "uuid" },
  int: { type: "integer" },
  date: { type: "string", format: "date" },
  email: { type: "string", format: "email" },
};

export function pathParameters(path: PathGroup): Parameter[] {
  return path.parameters.map(({ name, class: tokenClass }) => ({
    name,
    in: "path",
    required: true,
    schema: {
      ...(CLASS_SCHEMAS[tokenClass] ?? { type: "string" }),
      ...(tokenClass !== "declared" && { "x-umbra-class": tokenClass }),
    } as OpenAPIV3.SchemaObject,
  }));
}

/** `filter[name]` is a field of the object `filter` (style deepObject); deeper brackets stay a name. */
const DEEP = /^([^[\]]+)\[([^[\]]+)\]$/;

export function queryParameters(facts: Facts): Parameter[] {
  const keys = keyParameters(facts);
  const clients = estimateDistinct(facts.distinctCallers);
  const names = Object.keys(facts.query.kept)
    // Matrix parameters are part of a path's segment, which has no name of its own.
    .filter((name) => !keys.has(name) && !name.startsWith(";"))
    .sort();
  const taken = new Set(names);
  const made = new Map<string, Parameter>();
  for (const name of names) {
    const held = facts.query.kept[name];
    if (held === undefined) continue;
    const [, base = "", field = ""] = DEEP.exec(name) ?? [];
    if (base === "" || taken.has(base) || isClass(field)) {
      made.set(name, queryParameter(name, held, { facts, clients }));
    } else {
      const one = { name: field, schema: lexemes(field, held, clients), isRequired: isRequired(held, facts) };
      made.set(base, withField(made.get(base) ?? deepObject(base), one));
    }
  }
  return [...made.values()];
}

function isClass(field: string): boolean {
  return field.startsWith("{");
}

interface Known {
  readonly facts: Facts;
  readonly clients: number;
}

function queryParameter(name: string, held: ParamFacts, { facts, clients }: Known): Parameter {
  return {
    name,
    in: "query",
    ...(isRequired(held, facts) && { required: true }),
    ...(isCommaList(held) && { style: "form", explode: false }),
    schema: lexemes(name, held, clients) as OpenAPIV3.SchemaObject,
  };
}

function isRequired(held: ParamFacts, facts: Facts): boolean {
  const needed = requestEvidence(estimateDistinct(facts.distinctCallers));
  return facts.requests >= needed && held.requests >= facts.requests;
}

function deepObject(name: string): Parameter {
  return {
    name,
    in: "query",
    style: "deepObject",
    explode: true,
    schema: { type: "object", properties: {} },
  };
}

interface DeepField {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

function withField(parameter: Parameter, { name, schema, isRequired: isAlways }: DeepField): Parameter {
  const held = parameter.schema as OpenAPIV3.SchemaObject;
  const properties = { ...held.properties, [name]: schema } as NonNullable<
    OpenAPIV3.SchemaObject["properties"]
  >;
  const required = [...(held.required ?? []), ...(isAlways ? [name] : [])];
  return {
    ...parameter,
    ...(required.length > 0 && { required: true }),
    schema: { ...held, properties, ...(required.length > 0 && { required }) },
  };
}

/** The names of parameters, without what says that they are lists: `ids[]` is `ids`. */
function plainName(name: string): string {
  return name.replace(/\[\]$/, "");
}

function lexemes(name: string, held: ParamFacts, clients: number): Schema {
  if (isCommaList(held))
    return { type: "array", items: lexemeSchema(itemsOf(held), plainName(name), clients) };
  const one = lexemeSchema(held.shape, plainName(name), clients);
  return held.repeated > 0 || name.endsWith("[]") ? { type: "array", items: one } : one;
}

// Commas stand in prose too: a list is claimed when a third of the requests, and three at least, wrote one.
const LISTS = 1 / 3;
const FEWEST_LISTS = 3;

function isCommaList({ lists = 0, requests, repeated }: ParamFacts): boolean {
  return repeated === 0 && lists >= FEWEST_LISTS && lists >= LISTS * requests;
}

/** Items of the lists, and values that stood alone; texts with commas are lists, and only counted. */
function itemsOf({ shape, items, lists = 0 }: ParamFacts): typeof shape {
  const { string, ...others } = shape;
  const alone = string === undefined || string.count > lists ? shape : others;
  return items === undefined ? shape : joinShape(alone, items);
}
