import { describe, expect, test } from "vitest";
import type { Shape } from "../../../src/model/shape.ts";
import { joinShape } from "../../../src/model/shape.ts";
import { likeness, sharedClasses, shareTypes } from "../../../src/openapi/sharing.ts";
import type { ObjectClass, Place } from "../../../src/openapi/type-graph.ts";
import { createTypeGraph, find } from "../../../src/openapi/type-graph.ts";
import { fieldTypeName } from "../../../src/openapi/type-names.ts";
import type { FieldTree } from "../inventory/an-endpoint.ts";
import { aShapeOf } from "../inventory/an-endpoint.ts";

/** The places of some shapes after sharing, each under a name. */
function shared(...named: readonly (readonly [string, Shape])[]) {
  const graph = createTypeGraph(fieldTypeName);
  const roots = named.map(([name, shape]) => graph.add(shape, name, { required: 20, clients: 1 }));
  shareTypes(graph, roots);
  return { roots, shared: sharedClasses(roots) };
}

const classAt = (place: Place | undefined, ...path: readonly string[]): ObjectClass => {
  let held = place;
  for (const name of path) held = classAt(held).fields.get(name) ?? classAt(held).rest ?? undefined;
  if (held?.object == null) throw new Error("no object");
  return find(held.object);
};

const USER = { id: null, login: null, email: null };

describe("one type", () => {
  test("is what bears one name and looks alike", () => {
    const { roots, shared: types } = shared(
      ["Pet", aShapeOf({ owner: USER })],
      ["Shop", aShapeOf({ owner: { ...USER, age: null } })],
    );
    expect(classAt(roots[0], "owner")).toBe(classAt(roots[1], "owner"));
    expect(types.size).toBe(1);
  });
  test("is what has the same four fields, whatever it is called", () => {
    const { roots } = shared(
      ["Pet", aShapeOf({ author: { ...USER, a: null } })],
      ["Shop", aShapeOf({ reviewer: { ...USER, a: null } })],
    );
    expect(classAt(roots[0], "author")).toBe(classAt(roots[1], "reviewer"));
  });
  test.each([
    ["too few fields in common", { id: null, x: null, y: null, z: null }],
    ["fields of other kinds", { id: { a: null }, login: null, email: null }],
  ])("is not what has %s", (_why, other) => {
    const { roots } = shared(["Pet", aShapeOf({ owner: USER })], ["Shop", aShapeOf({ owner: other })]);
    expect(classAt(roots[0], "owner")).not.toBe(classAt(roots[1], "owner"));
  });
});

describe("envelopes", () => {
  const page = (item: FieldTree): FieldTree => ({ "data[]": item, has_more: null, object: null, url: null });
  const PET = { id: null, object: null, name: null, breed: null, age: null };
  const CODE = { id: null, object: null, percent: null, until: null, active: null };

  test("of different things stay apart, whatever they have in common", () => {
    const { roots } = shared(["PetList", aShapeOf(page(PET), 20)], ["CodeList", aShapeOf(page(CODE), 20)]);
    expect(classAt(roots[0])).not.toBe(classAt(roots[1]));
    expect([...classAt(itemsOf(roots[0])).fields.keys()]).toEqual(Object.keys(PET).sort());
  });
  test("of one thing are one, though not all of its fields are there", () => {
    const { roots } = shared(
      ["PetList", aShapeOf(page(PET), 20)],
      ["Found", aShapeOf(page({ id: null, object: null, name: null }))],
    );
    expect(classAt(roots[0])).toBe(classAt(roots[1]));
  });
  test("inside what they hold are no types in themselves", () => {
    const { roots } = shared(["PetList", aShapeOf(page({ ...PET, codes: page(CODE) }), 20)]);
    expect(classAt(itemsOf(roots[0]), "codes")).not.toBe(classAt(roots[0]));
  });
});

const itemsOf = (place: Place | undefined): Place | undefined =>
  classAt(place).fields.get("data")?.array?.items ?? undefined;

describe("a type in itself", () => {
  test("goes on by the same field", () => {
    const { roots, shared: types } = shared([
      "Node",
      aShapeOf({ id: null, next: { id: null, next: { id: null, next: null } } }),
    ]);
    expect(classAt(roots[0], "next")).toBe(classAt(roots[0]));
    expect(types.has(classAt(roots[0]))).toBe(true);
  });
  test("is not a smaller thing inside a larger one", () => {
    const { roots, shared: types } = shared([
      "User",
      aShapeOf({ id: null, name: null, login: null, group: { id: null, name: null } }),
    ]);
    expect(classAt(roots[0], "group")).not.toBe(classAt(roots[0]));
    expect(types.size).toBe(0);
  });
});

describe("a map", () => {
  const manyKeys = Array.from({ length: 60 }, (_, at) => aShapeOf({ [`k${at}`]: USER, total: null }));
  test("has many keys, most of them new, and like values; what is always there stays a field", () => {
    const { roots } = shared(["Map", manyKeys.reduce((a, b) => joinShape(a, b))]);
    const map = classAt(roots[0]);
    expect([...map.fields.keys()]).toEqual(["total"]);
    expect(map.rest).not.toBeNull();
  });
  test("is no record with as many fields that come again", () => {
    const record = aShapeOf(Object.fromEntries(manyKeys.map((_, at) => [`k${at}`, null])), 5);
    expect(classAt(shared(["Record", record]).roots[0]).fields.size).toBe(60);
  });
});

test("likeness is the share of names in common", () => {
  const graph = createTypeGraph(fieldTypeName);
  const evidence = { required: 1, clients: 1 };
  const [a, b] = [aShapeOf({ x: null, y: null }), aShapeOf({ y: null, z: null })].map((shape) =>
    graph.add(shape, "T", evidence),
  );
  expect(likeness(classAt(a), classAt(b))).toBeCloseTo(1 / 3);
});
