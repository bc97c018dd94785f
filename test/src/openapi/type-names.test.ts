import { describe, expect, test } from "vitest";
import { bodyTypeName, fieldTypeName, mostUsed, typeName } from "../../../src/openapi/type-names.ts";

test.each([
  ["line-items", "LineItem"],
  ["lineItems", "LineItem"],
  ["children", "Child"],
  ["companies", "Company"],
  ["news", "News"],
  ["é", ""],
  ["2fa", ""],
])("%s is of type %j", (text, name) => {
  expect(typeName(text)).toBe(name);
});

test.each([
  ["owner", "Pet", "Owner"],
  ["data", "PetList", "Pet"],
  ["_embedded", "PetList", "Pet"],
  ["attributes", "Pet", "PetAttribute"],
  ["", "PetList", "Pet"],
])("the field %j of %s holds a %s", (field, owner, name) => {
  expect(fieldTypeName(field, owner)).toBe(name);
});

describe("bodies", () => {
  test.each([
    ["/api/v1/pets/{id}", true, "Pet"],
    ["/api/v1/pets", true, "PetList"],
    ["/api/v1/pets", false, "Pet"],
    ["/me", true, "Me"],
    ["/{id}", true, "Body"],
    ["/orders/{id}:cancel", true, "Order"],
  ])("at %s (collection %s) are a %s", (path, isCollection, name) => {
    expect(bodyTypeName(path, isCollection)).toBe(name);
  });
});

test("the name most uses suggest wins, then the shorter one", () => {
  expect(
    mostUsed(
      new Map([
        ["Owner", 1],
        ["User", 2],
      ]),
    ),
  ).toBe("User");
  expect(
    mostUsed(
      new Map([
        ["Owner", 1],
        ["User", 1],
      ]),
    ),
  ).toBe("User");
  expect(mostUsed(new Map())).toBe("");
});
