import { describe, expect, test } from "vitest";
import {
  bodyTypeName,
  fieldTypeName,
  mostUsed,
  singular,
  typeName,
} from "../../../src/openapi/type-names.ts";

test.each([
  ["pets", "pet"],
  ["companies", "company"],
  ["addresses", "address"],
  ["boxes", "box"],
  ["matches", "match"],
  ["status", "status"],
  ["analysis", "analysis"],
  ["class", "class"],
  ["news", "new"],
  ["gas", "gas"],
])("one of %s is a %s", (many, one) => {
  expect(singular(many)).toBe(one);
});

test.each([
  ["line-items", "LineItem"],
  ["lineItems", "LineItem"],
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
  ["", "Pet", "Pet"],
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
