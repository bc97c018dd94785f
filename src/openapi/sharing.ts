// Finds objects that are of one type, objects that are maps, and types that contain themselves.
import type { ObjectClass, Place, TypeGraph } from "./type-graph.ts";
import { agrees, find, unitePlaces, uniteClasses } from "./type-graph.ts";

// Below, two objects that have their names in common are as likely two types as one.
const FEWEST_FIELDS = 3;
// Without a common name more fields must agree: {id, name, type} is in every API.
const FEWEST_UNNAMED = 4;
// Share of all names of two objects that both have; optional fields seldom make up more than the rest.
const LIKENESS = 0.6;

// Records of public API descriptions with more fields than this are rare; maps soon have more keys.
const FEWEST_KEYS = 32;
// Share of keys heard only once: fields of records come again, keys of maps are new again and again.
const NOVELTY = 0.2;
// Share of keys that are values from which on the others are keys too.
const VALUES = 0.8;
// Objects of a map share most of their fields.
const ALIKE = 0.6;
// What nearly every object has is a field, even of an object that otherwise is a map.
const FIXED = 0.95;

/** Unites what is one type. Deterministic in the order in which shapes were added. */
export function shareTypes(graph: TypeGraph, roots: readonly Place[]): void {
  for (const held of graph.classes()) foldMap(held);
  for (const root of roots) uniteNested(root, []);
  uniteNamed(graph);
  uniteEqual(graph);
  for (const held of graph.classes()) foldMap(held);
}

// Envelopes have all names in common and what is in them none: two levels tell pages of pets from pages of orders.
const DEPTH = 2;

/**
 * Share of the names of both that both have, or 0 where fields of one name are of different kinds or hold objects that
 * have too little in common.
 */
export function likeness(a: ObjectClass, b: ObjectClass): number {
  let common = 0;
  for (const [name, place] of a.fields) {
    const other = b.fields.get(name);
    if (other === undefined) continue;
    if (!agrees(place, other) || isApart(place, other, DEPTH)) return 0;
    common += 1;
  }
  const all = a.fields.size + b.fields.size - common;
  return all === 0 ? 0 : common / all;
}

function isApart(a: Place, b: Place, depth: number): boolean {
  const [x, y] = [objectAt(a), objectAt(b)];
  if (depth === 0 || x === null || y === null || x === y) return false;
  const common = [...x.fields.keys()].filter((name) => y.fields.has(name));
  const strange = strangers(x, y) + strangers(y, x);
  if (strange > 0 && common.length / (common.length + strange) < LIKENESS) return true;
  return common.some((name) => {
    const [inX, inY] = [x.fields.get(name), y.fields.get(name)];
    return inX !== undefined && inY !== undefined && isApart(inX, inY, depth - 1);
  });
}

// What would have been missed by chance more often than this says nothing.
const MISSED = 0.3;

/** Fields of `a` that `b` would have shown if it were the same: rare ones need not have come yet. */
function strangers(a: ObjectClass, b: ObjectClass): number {
  return [...a.fields].filter(([name, { scalars }]) => {
    const presence = (scalars.count + 0.5) / (a.count + 1);
    return !b.fields.has(name) && (1 - Math.min(1, presence)) ** b.count < MISSED;
  }).length;
}

/** The object at a place or in the lists there. */
function objectAt({ array, object }: Place): ObjectClass | null {
  if (object !== null) return find(object);
  return array?.items == null ? null : objectAt(array.items);
}

/** Fields whose names are keys of a map become the rest. */
function foldMap(asked: ObjectClass): void {
  const held = find(asked);
  for (const key of mapKeys(held)) {
    const root = find(held);
    const place = root.fields.get(key);
    if (place === undefined) continue;
    root.fields.delete(key);
    root.rest = root.rest === null ? place : unitePlaces(root.rest, place);
  }
}

function mapKeys(held: ObjectClass): readonly string[] {
  const loose = [...held.fields].filter(([, { scalars }]) => scalars.count < FIXED * Math.max(1, held.count));
  const places = loose.map(([, place]) => place);
  if (!isMap(held, places)) return [];
  const [first, ...others] = held.rest === null ? places : [held.rest, ...places];
  if (first === undefined || !others.every((place) => isAlike(first, place))) return [];
  return loose.map(([key]) => key);
}

/** Nearly all keys were values; or there are many, most of them new, or more than could be kept. */
function isMap({ rest }: ObjectClass, loose: readonly Place[]): boolean {
  const keys = loose.reduce((all, { scalars }) => all + scalars.count, 0);
  if (rest !== null && rest.scalars.count >= VALUES * (keys + rest.scalars.count)) return true;
  if (loose.length <= FEWEST_KEYS) return false;
  const once = loose.filter(({ scalars }) => scalars.count <= 1).length;
  return rest !== null || once > NOVELTY * loose.length;
}

function isAlike(a: Place, b: Place): boolean {
  if (!agrees(a, b)) return false;
  return a.object === null || b.object === null || likeness(find(a.object), find(b.object)) >= ALIKE;
}

interface Step {
  readonly held: ObjectClass;
  /** The field that leads on from there. */
  field: string;
}

/** A type contains itself where an object is like one around it and goes on by the same field, or bears its name. */
function uniteNested(place: Place, around: readonly Step[]): void {
  if (place.array?.items != null) uniteNested(place.array.items, around);
  if (place.object === null) return;
  const held = find(place.object);
  if (around.some((step) => find(step.held) === held)) return;
  const same = around.find((step) => isSelf(step, held));
  if (same !== undefined) {
    // `children` says how a tree goes on, not what its nodes are.
    const names = new Map(find(same.held).names);
    uniteClasses(same.held, held);
    find(same.held).names = names;
    return;
  }
  const step: Step = { held, field: "" };
  // Uniting adds fields to what is being walked.
  const fields = Array.from(held.fields);
  for (const [field, inner] of fields) {
    step.field = field;
    uniteNested(inner, [...around, step]);
  }
  if (held.rest !== null) uniteNested(held.rest, [...around, { held, field: "" }]);
}

function isSelf({ held, field }: Step, inner: ObjectClass): boolean {
  const outer = find(held);
  if (inner.fields.size < 2 || likeness(outer, inner) < LIKENESS) return false;
  return inner.fields.has(field) || [...inner.names.keys()].some((name) => outer.names.has(name));
}

/** Objects that bear one name and look alike. */
function uniteNamed(graph: TypeGraph): void {
  const byName = new Map<string, ObjectClass[]>();
  for (const held of graph.classes()) {
    for (const name of held.names.keys()) {
      const named = byName.get(name) ?? [];
      byName.set(name, named);
      const like = named.find((other) => isNamesake(find(other), find(held)));
      if (like === undefined) named.push(held);
      else uniteClasses(like, held);
    }
  }
}

function isNamesake(a: ObjectClass, b: ObjectClass): boolean {
  if (a === b) return true;
  return Math.min(a.fields.size, b.fields.size) >= FEWEST_FIELDS && likeness(a, b) >= LIKENESS;
}

/** Objects with exactly the same fields, whatever they are called. */
function uniteEqual(graph: TypeGraph): void {
  const byFields = new Map<string, ObjectClass>();
  for (const held of graph.classes()) {
    const { fields } = find(held);
    if (fields.size < FEWEST_UNNAMED) continue;
    const key = JSON.stringify([...fields.keys()].sort());
    const other = byFields.get(key);
    if (other === undefined) byFields.set(key, held);
    else if (likeness(find(other), find(held)) === 1) uniteClasses(other, held);
  }
}

/** Classes to be written once: used in several places with enough fields to be a type, or containing themselves. */
export function sharedClasses(roots: readonly Place[]): ReadonlySet<ObjectClass> {
  const seen = new Set<ObjectClass>();
  const open = new Set<ObjectClass>();
  const shared = new Set<ObjectClass>();
  const enter = (held: ObjectClass): void => {
    if (open.has(held) || (seen.has(held) && held.fields.size >= FEWEST_FIELDS)) shared.add(held);
    if (seen.has(held)) return;
    seen.add(held);
    open.add(held);
    for (const place of held.fields.values()) visit(place);
    if (held.rest !== null) visit(held.rest);
    open.delete(held);
  };
  const visit = ({ array, object }: Place): void => {
    if (array?.items != null) visit(array.items);
    if (object !== null) enter(find(object));
  };
  for (const root of roots) visit(root);
  return shared;
}
