// Schemas: names, and what becomes of zod's own in the document.
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  component,
  componentSchemas,
  count,
  iso,
  pageOf,
  refTo,
  rows,
  time,
} from "../../../src/api/schema.ts";

const pet = component("TestPet", "A pet.", z.object({ name: z.string(), born: time, legs: count }));

test("a component is written once, and referred to", () => {
  pageOf("TestPetPage", pet);
  const { TestPet, TestPetPage } = componentSchemas();
  expect(TestPet).toEqual({
    description: "A pet.",
    type: "object",
    properties: {
      name: { type: "string" },
      born: { type: "string", format: "date-time" },
      legs: { type: "integer", minimum: 0 },
    },
    required: ["name", "born", "legs"],
  });
  expect(TestPetPage?.properties?.["items"]).toEqual({ type: "array", items: refTo(pet) });
});

test("a schema without a name is a bug", () => {
  expect(() => refTo(z.string())).toThrow("only named schemas");
});

test("every clock gives a time that RFC 3339 can say", () => {
  expect(iso(0)).toBe("1970-01-01T00:00:00.000Z");
  expect(iso(1.9)).toBe("1970-01-01T00:00:00.001Z");
  expect(iso(Infinity)).toBe("9999-12-31T23:59:59.999Z");
  fc.assert(fc.property(fc.double(), (clock) => time.safeParse(iso(clock)).success));
});

test("rows come in order of code units, whatever the order they were kept in", () => {
  expect(rows({ b: 1, B: 2, a: 3, ["__proto__"]: 4 })).toEqual([
    ["B", 2],
    ["__proto__", 4],
    ["a", 3],
    ["b", 1],
  ]);
});
