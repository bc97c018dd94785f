// Renders a place of the type graph as a JSON Schema (2020-12, as OpenAPI 3.1 uses it) that accepts everything seen there.
import { formatNames } from "../model/formats.ts";
import type { NumberShape, Shape, StringShape } from "../model/shape.ts";
import { BITS_PER_POSITION, KIND_BITS } from "../model/shape.ts";
import type { Schema, SchemaOrRef } from "./schema-type.ts";
import { STRONG_EVIDENCE, textDetails } from "./text-schema.ts";
import type { ArrayPlace, Evidence, ObjectClass, Place } from "./type-graph.ts";
import { createTypeGraph, find } from "./type-graph.ts";

/** Objects seen before a field that was always there is called required: responses come from one program, … */
export const RESPONSE_EVIDENCE = 20;
/** … requests from many, each with habits of its own: many requests of few clients, or as few of many. */
export function requestEvidence(clients: number): number {
  return clients >= MANY_CLIENTS ? RESPONSE_EVIDENCE : REQUEST_EVIDENCE;
}

const REQUEST_EVIDENCE = 50;
const MANY_CLIENTS = 5;

// Half the evidence will do for a record of which no field was ever missing, …
const CONSTANT_FIELDS = 3;
// … or whose other fields are missing so often that one like them would hardly have been there each time.
const LUCK = 0.02;

/** Arrays seen before their positions are called a tuple. */
const TUPLE_EVIDENCE = 50;

/** Writes an object class: in place, or as a reference to where it is written once. */
export type WriteObject = (held: ObjectClass, write: WriteObject) => SchemaOrRef;

/** Where a place stands: under which field name, and how much is known of what. */
export interface Position {
  readonly name: string;
  readonly evidence: Evidence;
  readonly write: WriteObject;
}

/** The schema of a shape alone, all objects in place. `required` and `clients` as in `Evidence`. */
export function schemaOf(shape: Shape, required: number, clients = 0, name = ""): Schema {
  const evidence = { required, clients };
  const place = createTypeGraph(() => "").add(shape, "", evidence);
  return placeSchema(place, { name, evidence, write: objectSchema }) as Schema;
}

export function placeSchema(place: Place, position: Position): SchemaOrRef {
  const { scalars, array, object } = place;
  if (scalars.any === true) return {};
  const kinds = scalarKinds(scalars);
  const structured: SchemaOrRef[] = [];
  if (array !== null) structured.push(arraySchema(array, position));
  if (object !== null) structured.push(position.write(find(object), position.write));
  const plain = kinds.length === 0 ? [] : [scalarSchema(scalars, kinds, position)];
  const [only, ...others] = [...plain, ...structured];
  if (only === undefined) return {};
  return others.length === 0 ? only : { anyOf: [only, ...others] };
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

function scalarSchema(shape: Shape, kinds: readonly ScalarKind[], position: Position): Schema {
  const [first = "null"] = kinds;
  const type = kinds.length === 1 ? first : [...kinds];
  // A format speaks of one kind; in a mixture it would be read as speaking of all.
  const single = kinds.filter((kind) => kind !== "null").length === 1;
  const details = single ? detailsOf(shape, position) : {};
  // An enumeration speaks of every value, null among them.
  const isOpen = details.enum !== undefined && kinds.includes("null");
  return { type, ...details, ...(isOpen && { enum: [...(details.enum ?? []), null] }) } as Schema;
}

function detailsOf(shape: Shape, { name, evidence }: Position): Schema {
  if (shape.string !== undefined) return textDetails(shape.string, name, evidence);
  return shape.number === undefined ? {} : numberDetails(shape.number);
}

function numberDetails(number: NumberShape): Schema {
  if (!number.integer) return {};
  // That all were small says nothing about the next; that some were not says what readers must hold.
  return number.fits === "int32" || number.fits === "big" ? {} : { format: "int64" };
}

function arraySchema({ facts, items }: ArrayPlace, position: Position): Schema {
  if (items === null) return { type: "array", items: {} };
  const { tuple, count, minLength } = facts;
  if (tuple === undefined || count < TUPLE_EVIDENCE)
    return { type: "array", items: placeSchema(items, position) };
  const prefixItems = Array.from({ length: minLength }, (_, at) =>
    placeSchema(restricted(items, tuple >>> (at * BITS_PER_POSITION)), position),
  );
  // The declarations of the package do not know the keyword; the standard does.
  return { type: "array", prefixItems, items: placeSchema(items, position) } as unknown as Schema;
}

const KINDS = { nulls: "null", booleans: "boolean", number: "number", string: "string" } as const;

/** What stands at a place as far as it is of certain kinds. */
function restricted({ scalars, array, object }: Place, kinds: number): Place {
  const kept = Object.entries(scalars).filter(([name]) => {
    const kind = KINDS[name as keyof typeof KINDS] as keyof typeof KIND_BITS | undefined;
    return kind === undefined || (kinds & KIND_BITS[kind]) !== 0;
  });
  return {
    scalars: Object.fromEntries(kept) as unknown as Shape,
    array: (kinds & KIND_BITS.array) === 0 ? null : array,
    object: (kinds & KIND_BITS.object) === 0 ? null : object,
  };
}

/** An object in place. */
export function objectSchema(held: ObjectClass, write: WriteObject): Schema {
  return fieldsSchema(held, write, {
    names: [...held.fields.keys()],
    count: held.count,
    countOf: countIn(held),
  });
}

/** Some fields of a class, each with the number of objects that had it. */
export interface Fields {
  readonly names: readonly string[];
  readonly count: number;
  readonly countOf: (name: string) => number;
}

export function countIn({ fields }: ObjectClass): (name: string) => number {
  return (name) => fields.get(name)?.scalars.count ?? 0;
}

export function fieldsSchema(
  held: ObjectClass,
  write: WriteObject,
  { names, count, countOf }: Fields,
): Schema {
  const { evidence, fields, rest } = held;
  const properties: Record<string, SchemaOrRef> = Object.create(null) as Record<string, SchemaOrRef>;
  const sorted = [...names].sort();
  for (const name of sorted) {
    const place = fields.get(name);
    if (place !== undefined) properties[name] = placeSchema(place, { name, evidence, write });
  }
  const identified = takeIdentifiers(properties);
  const { required, presence } = presenceOf(sorted, evidence, { count, countOf });
  return {
    type: "object",
    ...(Object.keys(properties).length > 0 && { properties }),
    ...identified,
    ...(required.length > 0 && { required }),
    ...(rest !== null && { additionalProperties: placeSchema(rest, { name: "", evidence, write }) }),
    ...(presence.length > 0 && {
      "x-umbra-presence": Object.fromEntries(presence.map((name) => [name, share(countOf(name), count)])),
    }),
  } as Schema;
}

/*
  JSON Schema, 8.2: these name schemas and lead to them. Some readers of documents take fields of that name for it wherever they stand, so
  such fields are described by patterns that only they match.
*/
const IDENTIFIERS: ReadonlySet<string> = new Set(["$id", "$ref", "$anchor", "$dynamicAnchor", "$dynamicRef"]);

function takeIdentifiers(properties: Record<string, SchemaOrRef>): object {
  const taken = Object.entries(properties).filter(([name]) => IDENTIFIERS.has(name));
  if (taken.length === 0) return {};
  for (const [name] of taken) delete properties[name];
  return { patternProperties: Object.fromEntries(taken.map(([name, held]) => [`^\\${name}$`, held])) };
}

/** Fields that were always there, and those that were not; none of either while too little was seen. */
function presenceOf(
  names: readonly string[],
  { required: needed }: Evidence,
  { count, countOf }: Pick<Fields, "count" | "countOf">,
): { readonly required: readonly string[]; readonly presence: readonly string[] } {
  const always = names.filter((name) => countOf(name) >= count);
  const usual = Math.max(0, ...names.map(countOf).filter((held) => held < count)) / Math.max(1, count);
  const isPlain = names.length >= CONSTANT_FIELDS && usual ** count < LUCK;
  if (count < (isPlain ? needed / 2 : needed)) return { required: [], presence: [] };
  return {
    required: always,
    presence: names.filter((name) => !IDENTIFIERS.has(name) && countOf(name) < count),
  };
}

/** Between 0 and 1, two decimals; what was seen at all is never 0, what was missing once never 1. */
function share(part: number, all: number): number {
  return Math.min(0.99, Math.max(0.01, Math.round((part / all) * 100) / 100));
}

/** Lexemes (query parameters) are text, but text that always reads as a number or truth value may be called one. */
export function lexemeSchema(shape: Shape, name = "", clients = 0): Schema {
  const evidence = { required: Infinity, clients };
  const place = createTypeGraph(() => "").add(shape, "", evidence);
  return lexemeType(shape.string) ?? (placeSchema(place, { name, evidence, write: objectSchema }) as Schema);
}

function lexemeType(string: StringShape | undefined): Schema | null {
  if (string === undefined || string.empty > 0 || string.count < STRONG_EVIDENCE) return null;
  const names = formatNames(string.formats);
  if (names.includes("integer")) return { type: "integer" };
  if (names.includes("decimal")) return { type: "number" };
  return names.includes("boolean") ? { type: "boolean" } : null;
}
