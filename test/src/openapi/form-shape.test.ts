// Fields of forms: those that came once and several times are lists.
import { expect, test } from "vitest";
import { readForm } from "../../../src/digest/form.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import type { Shape } from "../../../src/model/shape.ts";
import { joinShape } from "../../../src/model/shape.ts";
import { encodingOf, formShape, isForm } from "../../../src/openapi/form-shape.ts";
import { aShapeOf, someFacts } from "../inventory/an-endpoint.ts";
import { schemaOf } from "../../../src/openapi/schema.ts";

const tools = { safeName: createSafeName(() => false), leaves: null };
const read = (text: string) => readForm(text, true, tools).shape;

test("one and two values are a list of values; what came once at a time stays", () => {
  const shape = joinShape(read("tag=x&n=1"), read("tag=y&tag=3"));
  expect(schemaOf(formShape(shape), Infinity)).toEqual({
    type: "object",
    properties: {
      n: { type: "integer" },
      tag: { type: "array", items: { type: ["string", "integer"] } },
    },
  });
});

test.each([
  ["application/x-www-form-urlencoded", true],
  ["multipart/form-data", true],
  ["application/json", false],
])("%s", (mediaType, is) => {
  expect(isForm(mediaType)).toBe(is);
});

test("what is no object stays as it is", () => {
  expect(formShape({ count: 1, booleans: 1 })).toEqual({ count: 1, booleans: 1 });
});

test("parts with fields are JSON", () => {
  const body = (shape: Shape) => someFacts({ request: shape }).requestBodies["application/json"];
  const [form, plain] = [
    body(aShapeOf({ meta: { title: null }, name: null })),
    body(aShapeOf({ name: null })),
  ];
  if (form === undefined || plain === undefined) throw new Error("no body");
  expect(encodingOf(form)).toEqual({ encoding: { meta: { contentType: "application/json" } } });
  expect(encodingOf(plain)).toEqual({});
});
