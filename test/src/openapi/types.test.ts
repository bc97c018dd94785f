import { expect, test } from "vitest";
import { exportOpenApi } from "../../../src/openapi/export.ts";
import { aShapeOf, anEndpoint, someFacts } from "../inventory/an-endpoint.ts";

const SERVICE = { authority: "shop.test", firstSeen: 0, lastSeen: 1, requests: 1 };
const PET = { id: null, name: null, tag: null };

test("what several operations answer with is written once", () => {
  const list = anEndpoint({ path: "/pets", facts: someFacts({ response: aShapeOf({ data: PET }) }) });
  const one = anEndpoint({ path: "/pets/{id}", facts: someFacts({ response: aShapeOf(PET) }) });
  const { components, paths } = exportOpenApi([one, list], SERVICE);
  expect(components?.schemas).toMatchObject({
    Pet: { type: "object", properties: { id: { type: "string" } } },
  });
  expect(JSON.stringify(paths)).toContain('"$ref":"#/components/schemas/Pet"');
});

test("what is sent and what is got are types of their own", () => {
  const sent = ["/pets", "/pets/{id}"].map((path) =>
    anEndpoint({
      method: "POST",
      path,
      facts: someFacts({ request: aShapeOf(PET), response: aShapeOf(PET) }),
    }),
  );
  expect(Object.keys(exportOpenApi(sent, SERVICE).components?.schemas ?? {})).toEqual(["Pet", "PetInput"]);
});

test("answers to failures share a type", () => {
  const failing = ["/pets", "/orders"].map((path) =>
    anEndpoint({
      path,
      facts: someFacts({
        statuses: { 404: 1 },
        response: aShapeOf({ code: null, message: null, detail: null }),
      }),
    }),
  );
  expect(Object.keys(exportOpenApi(failing, SERVICE).components?.schemas ?? {})).toEqual(["Error"]);
});

test("a tree is named after what it is of, not after how it goes on", () => {
  const leaf = { id: null, name: null };
  const tree = { ...leaf, "children[]": { ...leaf, "children[]": { ...leaf, "children[]": leaf } } };
  const path = anEndpoint({
    path: "/categories/{id}",
    facts: someFacts({ response: aShapeOf({ "data[]": tree }) }),
  });
  expect(exportOpenApi([path], SERVICE).components?.schemas).toMatchObject({
    Category: { properties: { children: { items: { $ref: "#/components/schemas/Category" } } } },
  });
});
