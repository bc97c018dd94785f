// Shapes as a graph of types: objects become classes that can be united, so that one type is written once.
import { sum } from "../model/bounded.ts";
import { ownCopy } from "../model/grow.ts";
import type { ArrayShape, ObjectShape, Shape } from "../model/shape.ts";
import { joinShape, KIND_BITS } from "../model/shape.ts";
import type { Tags } from "../model/tags.ts";
import { growTags } from "../model/tags.ts";

/** What stands at one location; objects are classes that other locations may share. */
export interface Place {
  /** Scalars seen there, without arrays and objects; `count` is of values of any kind. */
  scalars: Shape;
  array: ArrayPlace | null;
  object: ObjectClass | null;
}

export interface ArrayPlace {
  /** As in the shape; `items` is in `items`. */
  facts: Omit<ArrayShape, "items">;
  items: Place | null;
}

/** How much must be seen before something is claimed, and how much was. */
export interface Evidence {
  /** Objects before a field that was always there is called required. */
  readonly required: number;
  /** Distinct clients behind what was seen. */
  readonly clients: number;
}

/** Objects that are taken for one type. Ask `find` first: united classes live on in one of them. */
export interface ObjectClass {
  readonly id: number;
  united: ObjectClass | null;
  count: number;
  fields: Map<string, Place>;
  /** Keys that are values (ids, dates) or that were too many. */
  rest: Place | null;
  tags: Tags | undefined;
  /** Names its uses suggest, with how many do. */
  names: Map<string, number>;
  evidence: Evidence;
}

/** The class that `held` has become. */
export function find(held: ObjectClass): ObjectClass {
  let root = held;
  while (root.united !== null) root = root.united;
  return root;
}

export interface TypeGraph {
  /** A shape as a place; `name` is what an object there may be called, one of its items if it is a list. */
  add(shape: Shape, name: string, evidence: Evidence): Place;
  /** Classes as they are after what was united. */
  classes(): readonly ObjectClass[];
}

/** Names one step below a named object: `owner` in a pet may be called "Owner"; "" is what a list is of. */
export type NameOf = (field: string, owner: string) => string;

export function createTypeGraph(nameOf: NameOf): TypeGraph {
  const made: ObjectClass[] = [];
  const build = (shape: Shape, name: string, evidence: Evidence): Place => {
    const { array, object, ...scalars } = shape;
    return {
      scalars,
      array: array === undefined ? null : arrayPlace(array, name, evidence),
      object: object === undefined ? null : classOf(object, name, evidence),
    };
  };
  const arrayPlace = ({ items, ...facts }: ArrayShape, name: string, evidence: Evidence): ArrayPlace => ({
    facts,
    items: items === undefined ? null : build(items, nameOf("", name), evidence),
  });
  const classOf = ({ count, fields, tags }: ObjectShape, name: string, evidence: Evidence): ObjectClass => {
    const held: ObjectClass = {
      id: made.length,
      united: null,
      count,
      fields: new Map(),
      rest: null,
      tags,
      names: new Map([[name, 1]]),
      evidence,
    };
    made.push(held);
    for (const key of Object.keys(fields.kept).sort()) {
      const place = build(fields.kept[key] as Shape, nameOf(key, name), evidence);
      if (isClassKey(key)) held.rest = held.rest === null ? place : unitePlaces(held.rest, place);
      else held.fields.set(key, place);
    }
    if (fields.rest !== null) {
      const rest = build(fields.rest, nameOf("", name), evidence);
      held.rest = held.rest === null ? rest : unitePlaces(held.rest, rest);
    }
    return held;
  };
  return { add: build, classes: () => [...new Set(made.map(find))] };
}

/** Fields named `{class}` stand for keys that were values: a map. */
export function isClassKey(name: string): boolean {
  return /^\{[a-z0-9-]+\}$/.test(name);
}

type Pairs = [ObjectClass, ObjectClass][];

/** Everything that stands at either; gives back the first, changed. */
export function unitePlaces(a: Place, b: Place): Place {
  const pairs: Pairs = [];
  mergePlaces(a, b, pairs);
  uniteAll(pairs);
  return a;
}

/** Makes one class of two, and of the objects in their fields, as far down as they go. */
export function uniteClasses(a: ObjectClass, b: ObjectClass): void {
  uniteAll([[a, b]]);
}

/** One pair after the other, because types may contain themselves. */
function uniteAll(pairs: Pairs): void {
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [into, from] = inOrder(find(pair[0]), find(pair[1]));
    if (into !== from) mergeClasses(into, from, pairs);
  }
}

function mergePlaces(a: Place, b: Place, pairs: Pairs): void {
  a.scalars = joinShape(a.scalars, b.scalars);
  if (a.array === null || b.array === null) a.array ??= b.array;
  else mergeArrays(a.array, b.array, pairs);
  if (a.object === null || b.object === null) a.object ??= b.object;
  else pairs.push([a.object, b.object]);
}

function mergeArrays(a: ArrayPlace, b: ArrayPlace, pairs: Pairs): void {
  const { array } = joinShape({ count: 0, array: a.facts }, { count: 0, array: b.facts });
  if (array !== undefined) a.facts = array;
  if (a.items === null || b.items === null) a.items ??= b.items;
  else mergePlaces(a.items, b.items, pairs);
}

function mergeClasses(into: ObjectClass, from: ObjectClass, pairs: Pairs): void {
  from.united = into;
  into.count += from.count;
  for (const [name, uses] of from.names) into.names.set(name, sum(into.names.get(name) ?? 0, uses));
  into.evidence = {
    required: Math.max(into.evidence.required, from.evidence.required),
    clients: Math.max(into.evidence.clients, from.evidence.clients),
  };
  if (from.tags !== undefined) into.tags = growTags(into.tags && ownCopy(into.tags), from.tags);
  for (const [key, place] of from.fields) {
    const held = into.fields.get(key);
    if (held === undefined) into.fields.set(key, place);
    else mergePlaces(held, place, pairs);
  }
  if (from.rest === null) return;
  if (into.rest === null) into.rest = from.rest;
  else mergePlaces(into.rest, from.rest, pairs);
}

/** The older one stays, so that the result does not depend on which was named first. */
function inOrder(a: ObjectClass, b: ObjectClass): readonly [ObjectClass, ObjectClass] {
  return a.id <= b.id ? [a, b] : [b, a];
}

/** Kinds that occur at a place, as `KIND_BITS`, null aside. */
export function kindsAt({ scalars, array, object }: Place): number {
  let kinds = 0;
  if (scalars.booleans !== undefined) kinds |= KIND_BITS.boolean;
  if (scalars.number !== undefined) kinds |= KIND_BITS.number;
  if (scalars.string !== undefined) kinds |= KIND_BITS.string;
  if (array !== null) kinds |= KIND_BITS.array;
  if (object !== null) kinds |= KIND_BITS.object;
  return kinds;
}

/** Whether values at both may be of one type: one of them shows none, or both show the same. */
export function agrees(a: Place, b: Place): boolean {
  const [x, y] = [kindsAt(a), kindsAt(b)];
  return x === 0 || y === 0 || x === y || a.scalars.any === true || b.scalars.any === true;
}
