// The types of one document: what all its bodies have in common is written once, under components.
import type { OpenAPIV3_1 } from "openapi-types";
import { estimateDistinct } from "../model/sketch.ts";
import type { BodyFacts, Facts } from "../model/sighting.ts";
import { formShape, isForm } from "./form-shape.ts";
import type { OperationGroup, PathGroup } from "./grouping.ts";
import { uniqueName } from "./grouping.ts";
import { protoSchema } from "./proto-schema.ts";
import type { Schema, SchemaOrRef } from "./schema-type.ts";
import type { WriteObject } from "./schema.ts";
import { objectSchema, placeSchema, requestEvidence, RESPONSE_EVIDENCE } from "./schema.ts";
import { sharedClasses, shareTypes } from "./sharing.ts";
import type { Evidence, ObjectClass, Place, TypeGraph } from "./type-graph.ts";
import { createTypeGraph, find } from "./type-graph.ts";
import { bodyTypeName, fieldTypeName, mostUsed, typeName } from "./type-names.ts";
import type { Union } from "./union.ts";
import { branchSchema, unionIn } from "./union.ts";
import { isXml, xmlSchema } from "./xml-schema.ts";

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
  const known: Known = { places: new Map(), finished: new Map() };
  const responses: Side = { graph: createTypeGraph(fieldTypeName), roots: [], suffix: "" };
  const requests: Side = { graph: createTypeGraph(fieldTypeName), roots: [], suffix: "Input" };
  for (const { path, operations } of paths) {
    for (const group of operations) {
      if (group.facts !== null) addBodies(known, { path, group, facts: group.facts, responses, requests });
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
      const place = known.places.get(body);
      if (place === undefined) return known.finished.get(body) ?? null;
      return placeSchema(place, { name: "", evidence: NO_EVIDENCE, write });
    },
    components: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Scalars that are bodies by themselves are too rare to be claimed anything of. */
const NO_EVIDENCE = { required: Infinity, clients: 0 };

/** What is known of bodies. */
interface Known {
  readonly places: Map<BodyFacts, Place>;
  /** Of bodies that are no part of the graph: what XML calls its elements is part of their type, and
   * field numbers of protobuf name nothing that types could be told by. */
  readonly finished: Map<BodyFacts, Schema | null>;
}

interface Bodies {
  readonly path: string;
  readonly group: OperationGroup;
  readonly facts: Facts;
  readonly responses: Side;
  readonly requests: Side;
}

function addBodies(known: Known, { path, group, facts, responses, requests }: Bodies): void {
  const clients = estimateDistinct(facts.distinctCallers);
  const asked = {
    name: bodyTypeName(path, false),
    evidence: { required: requestEvidence(clients), clients },
  };
  addSide(known, requests, facts.requestBodies, asked);
  for (const status of Object.keys(facts.responses).sort()) {
    const isError = /^[45]/.test(status);
    const name = isError ? "Error" : bodyTypeName(path, group.method === "GET");
    const evidence = { required: RESPONSE_EVIDENCE, clients };
    addSide(known, responses, facts.responses[status]?.bodies ?? {}, { name, evidence });
  }
}

function addSide(
  { places, finished }: Known,
  side: Side,
  bodies: Readonly<Record<string, BodyFacts>>,
  { name, evidence }: { readonly name: string; readonly evidence: Evidence },
): void {
  for (const mediaType of Object.keys(bodies).sort()) {
    const body = bodies[mediaType];
    if (body?.shape == null) continue;
    if (body.shape.proto !== undefined) {
      finished.set(body, protoSchema(body.shape));
      continue;
    }
    if (isXml(mediaType)) {
      finished.set(body, xmlSchema(body.shape, evidence));
      continue;
    }
    const shape = isForm(mediaType) ? formShape(body.shape) : body.shape;
    const place = side.graph.add(shape, name, evidence);
    side.roots.push(place);
    places.set(body, place);
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
