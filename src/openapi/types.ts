// The types of one document: what all its bodies have in common is written once, under components.
import type { OpenAPIV3_1 } from "openapi-types";
import { estimateDistinct } from "../model/sketch.ts";
import type { BodyFacts, Facts } from "../model/sighting.ts";
import type { OperationGroup, PathGroup } from "./grouping.ts";
import { uniqueName } from "./grouping.ts";
import type { Schema, SchemaOrRef } from "./schema-type.ts";
import type { WriteObject } from "./schema.ts";
import { objectSchema, placeSchema, REQUEST_EVIDENCE, RESPONSE_EVIDENCE } from "./schema.ts";
import { sharedClasses, shareTypes } from "./sharing.ts";
import type { ObjectClass, Place, TypeGraph } from "./type-graph.ts";
import { createTypeGraph, find } from "./type-graph.ts";
import { bodyTypeName, fieldTypeName, mostUsed, typeName } from "./type-names.ts";
import type { Union } from "./union.ts";
import { branchSchema, unionIn } from "./union.ts";

export interface Types {
  /** The schema of a body of the groups the types were made from; null where its shape is not known. */
  schemaOf(body: BodyFacts): SchemaOrRef | null;
  /** By name, sorted. */
  readonly components: Readonly<Record<string, Schema>>;
}

interface Side {
  readonly graph: TypeGraph;
  readonly roots: Place[];
  /** Behind the names of types that are sent: what is sent seldom has all fields of what is got. */
  readonly suffix: string;
}

/** Requests and responses are shared among themselves alone. */
export function typesOf(paths: readonly PathGroup[]): Types {
  const places = new Map<BodyFacts, Place>();
  const responses: Side = { graph: createTypeGraph(fieldTypeName), roots: [], suffix: "" };
  const requests: Side = { graph: createTypeGraph(fieldTypeName), roots: [], suffix: "Input" };
  for (const { path, operations } of paths) {
    for (const group of operations) {
      if (group.facts !== null) addBodies(places, { path, group, facts: group.facts, responses, requests });
    }
  }
  const names = new Map<ObjectClass, string>();
  const taken = new Set<string>();
  const components: Record<string, Schema> = {};
  const write: WriteObject = (held) => {
    const name = names.get(find(held));
    return name === undefined ? objectSchema(held, write) : reference(name);
  };
  const named = [responses, requests].flatMap((side) => nameTypes(side, names, taken));
  for (const held of named) Object.assign(components, written(held, { names, taken, write }));
  return {
    schemaOf(body) {
      const place = places.get(body);
      if (place === undefined) return null;
      return placeSchema(place, { name: "", evidence: NO_EVIDENCE, write });
    },
    components: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Scalars that are bodies by themselves are too rare to be claimed anything of. */
const NO_EVIDENCE = { required: Infinity, clients: 0 };

interface Bodies {
  readonly path: string;
  readonly group: OperationGroup;
  readonly facts: Facts;
  readonly responses: Side;
  readonly requests: Side;
}

function addBodies(places: Map<BodyFacts, Place>, { path, group, facts, responses, requests }: Bodies): void {
  const clients = estimateDistinct(facts.distinctCallers);
  const add = (side: Side, bodies: Readonly<Record<string, BodyFacts>>, name: string, required: number) => {
    for (const mediaType of Object.keys(bodies).sort()) {
      const body = bodies[mediaType];
      if (body?.shape == null) continue;
      const place = side.graph.add(body.shape, name, { required, clients });
      side.roots.push(place);
      places.set(body, place);
    }
  };
  add(requests, facts.requestBodies, bodyTypeName(path, false), REQUEST_EVIDENCE);
  for (const status of Object.keys(facts.responses).sort()) {
    const isError = /^[45]/.test(status);
    const name = isError ? "Error" : bodyTypeName(path, group.method === "GET");
    add(responses, facts.responses[status]?.bodies ?? {}, name, RESPONSE_EVIDENCE);
  }
}

/** Chooses the types of one side and their names. */
function nameTypes(
  { graph, roots, suffix }: Side,
  names: Map<ObjectClass, string>,
  taken: Set<string>,
): readonly ObjectClass[] {
  shareTypes(graph, roots);
  const shared = sharedClasses(roots);
  const chosen = graph.classes().filter((held) => shared.has(held) || unionIn(held) !== null);
  for (const held of chosen) {
    const name = mostUsed(held.names) || "Body";
    names.set(held, uniqueName(name.endsWith(suffix) ? name : `${name}${suffix}`, taken));
  }
  return chosen;
}

interface Writing {
  readonly names: ReadonlyMap<ObjectClass, string>;
  readonly taken: Set<string>;
  readonly write: WriteObject;
}

/** A type, and the kinds it falls into. */
function written(held: ObjectClass, { names, taken, write }: Writing): Readonly<Record<string, Schema>> {
  const name = names.get(held) ?? "";
  const union = unionIn(held);
  if (union === null) return { [name]: objectSchema(held, write) };
  const branches = union.values.map((value) => ({
    value,
    name: uniqueName(`${typeName(value)}${name}`, taken),
    schema: branchSchema(held, union, value, write),
  }));
  return {
    [name]: unionSchema(union, branches),
    ...Object.fromEntries(branches.map((branch) => [branch.name, branch.schema])),
  };
}

function unionSchema(
  { tag }: Union,
  branches: readonly { readonly value: string; readonly name: string }[],
): Schema {
  return {
    oneOf: branches.map(({ name }) => reference(name)),
    discriminator: {
      propertyName: tag,
      mapping: Object.fromEntries(branches.map(({ value, name }) => [value, reference(name).$ref])),
    },
  };
}

function reference(name: string): OpenAPIV3_1.ReferenceObject {
  return { $ref: `#/components/schemas/${name}` };
}
