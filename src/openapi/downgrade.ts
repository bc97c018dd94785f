// OpenAPI 3.1 as 3.0.3, for tools that read nothing newer: it accepts the same, and says less where 3.0 cannot.
import type { OpenAPIV3, OpenAPIV3_1 } from "openapi-types";
import { isObject, list, own } from "./reference.ts";
import type { JsonObject } from "./reference.ts";

/** Equal documents give equal documents. */
export function downgraded(document: OpenAPIV3_1.Document): OpenAPIV3.Document {
  const schemes = own(own(document, "components"), "securitySchemes");
  const lost = new Set(
    Object.entries(isObject(schemes) ? schemes : {})
      .filter(([, scheme]) => own(scheme, "type") === "mutualTLS")
      .map(([name]) => name),
  );
  const lower = walk(document, lost) as JsonObject;
  return { ...lower, openapi: "3.0.3" } as unknown as OpenAPIV3.Document;
}

/** Members whose value is a schema, a list of schemas or schemas by name. */
const ONE = new Set(["schema", "items", "additionalProperties"]);
const MANY = new Set(["anyOf", "oneOf"]);
const NAMED = new Set(["properties", "schemas"]);
/** Members that hold plain data. */
const DATA = new Set(["example", "enum", "required", "discriminator", "x-umbra-presence", "x-umbra-ai"]);

function walk(value: unknown, lost: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, lost));
  if (!isObject(value)) return value;
  return mapped(value, (member, name) => {
    if (DATA.has(name)) return member;
    if (ONE.has(name)) return schemaOf(member);
    if (name === "schemas") return byName(member);
    if (name === "security") return requirements(member, lost);
    if (name === "securitySchemes") return without(member, lost);
    return walk(member, lost);
  });
}

function mapped(value: JsonObject, change: (member: unknown, name: string) => unknown): JsonObject {
  // Names from traffic become keys ("__proto__" among them).
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, change(member, name)]));
}

/** 3.0 has no mutual TLS: what needs nothing else is said to need nothing that 3.0 knows. */
function requirements(value: unknown, lost: ReadonlySet<string>): unknown {
  if (!Array.isArray(value)) return value;
  return value.filter((held) => !Object.keys(held as object).some((name) => lost.has(name)));
}

function without(value: unknown, lost: ReadonlySet<string>): unknown {
  return Object.fromEntries(Object.entries(value as object).filter(([name]) => !lost.has(name)));
}

function byName(value: unknown): unknown {
  return isObject(value) ? mapped(value, schemaOf) : value;
}

function schemaOf(value: unknown): unknown {
  if (!isObject(value) || own(value, "$ref") !== undefined) return value;
  const { type, ...others } = withoutPatterns(value);
  const inner = mapped(others, (member, name) => {
    if (ONE.has(name)) return schemaOf(member);
    if (MANY.has(name) && Array.isArray(member)) return member.map(schemaOf);
    return NAMED.has(name) ? byName(member) : member;
  });
  return { ...typed(type, list(value, "enum")), ...inner };
}

/** Unknown to 3.0. What a pattern described would otherwise be held against what all other fields are like. */
function withoutPatterns(schema: JsonObject): JsonObject {
  const lost = new Set(["prefixItems", "patternProperties"]);
  if (own(schema, "patternProperties") !== undefined) lost.add("additionalProperties");
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !lost.has(name)));
}

/*
  OpenAPI 3.0.3, Schema Object: `type` is one name; null is allowed by `nullable`, which needs a `type` beside it.
*/
function typed(type: unknown, values: readonly unknown[]): JsonObject {
  const types = Array.isArray(type) ? type : type === undefined ? [] : [type];
  const nullable = types.includes("null") && { nullable: true };
  const [only, ...others] = types.filter((name) => name !== "null");
  if (only === undefined)
    return nullable && values.length === 0 ? { type: "string", nullable: true, enum: [null] } : {};
  if (others.length === 0) return { type: only, ...nullable };
  return { anyOf: [only, ...others].map((name, at) => ({ type: name, ...(at === 0 && nullable) })) };
}
