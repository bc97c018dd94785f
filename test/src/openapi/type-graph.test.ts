import { describe, expect, test } from "vitest";
import {
  agrees,
  createTypeGraph,
  find,
  isClassKey,
  kindsAt,
  unitePlaces,
  uniteClasses,
} from "../../../src/openapi/type-graph.ts";
import type { ObjectClass, Place } from "../../../src/openapi/type-graph.ts";
import { aShapeOf } from "../inventory/an-endpoint.ts";

const EVIDENCE = { required: 20, clients: 1 };
const graph = () => createTypeGraph((field, owner) => `${owner}.${field}`);
const objectAt = (place: Place): ObjectClass => {
  if (place.object === null) throw new Error("no object");
  return find(place.object);
};
const fieldOf = (held: ObjectClass, name: string): Place => {
  const place = held.fields.get(name);
  if (place === undefined) throw new Error("no field");
  return place;
};

describe("a shape becomes a graph", () => {
  test("whose objects have names, fields and a rest for keys that were values", () => {
    const held = objectAt(graph().add(aShapeOf({ a: { b: null }, "{uuid}": null }, 3), "Pet", EVIDENCE));
    expect([...held.fields.keys()]).toEqual(["a"]);
    expect(held).toMatchObject({ count: 3, rest: { scalars: { count: 3 } } });
    expect([...objectAt(fieldOf(held, "a")).names.keys()]).toEqual(["Pet.a"]);
  });
});

describe("uniting", () => {
  test("adds up fields, names and counts, and unites what is below", () => {
    const types = graph();
    const a = objectAt(types.add(aShapeOf({ x: { p: null } }, 2), "A", EVIDENCE));
    const b = objectAt(
      types.add(aShapeOf({ x: { q: null }, y: null }, 3), "B", { required: 50, clients: 4 }),
    );
    uniteClasses(b, a);
    expect(find(b)).toBe(a);
    expect(a).toMatchObject({ count: 5, evidence: { required: 50, clients: 4 } });
    expect([...a.names]).toEqual([
      ["A", 1],
      ["B", 1],
    ]);
    expect([...objectAt(fieldOf(a, "x")).fields.keys()]).toEqual(["p", "q"]);
    expect(types.classes()).toHaveLength(2);
  });

  test("a type with itself inside ends", () => {
    const types = graph();
    const outer = objectAt(
      types.add(aShapeOf({ id: null, child: { id: null, child: { id: null } } }), "T", EVIDENCE),
    );
    uniteClasses(outer, objectAt(fieldOf(outer, "child")));
    expect(types.classes()).toHaveLength(1);
    expect(objectAt(fieldOf(find(outer), "child"))).toBe(find(outer));
  });

  test("places of different kinds keep both", () => {
    const types = graph();
    const place = unitePlaces(
      types.add({ count: 1, nulls: 1 }, "", EVIDENCE),
      types.add(aShapeOf({}), "", EVIDENCE),
    );
    expect(place).toMatchObject({ scalars: { count: 2, nulls: 1 } });
    expect(place.object).not.toBeNull();
  });
});

test("kinds agree where one place shows none, null aside", () => {
  const types = graph();
  const nothing = types.add({ count: 1, nulls: 1 }, "", EVIDENCE);
  const truth = types.add({ count: 1, booleans: 1 }, "", EVIDENCE);
  const record = types.add(aShapeOf({}), "", EVIDENCE);
  expect(kindsAt(nothing)).toBe(0);
  expect([agrees(nothing, truth), agrees(truth, truth), agrees(truth, record)]).toEqual([true, true, false]);
});

test.each([
  ["{uuid}", true],
  ["{short-int}", true],
  ["uuid", false],
  ["(x)", false],
])("%s stands for keys: %s", (name, expected) => {
  expect(isClassKey(name)).toBe(expected);
});
