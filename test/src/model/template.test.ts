// Names of path variables, and how two observations of one template agree on them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PathParameter } from "../../../src/model/inventory.ts";
import { joinVariables, nameTemplate, singular } from "../../../src/model/template.ts";

describe("nameTemplate", () => {
  test.each([
    ["/users/{}", ["int"], "/users/{userId}"],
    ["/users/{}/orders/{}", ["int", "uuid"], "/users/{userId}/orders/{orderId}"],
    ["/repos/{}/{}", ["int", "int"], "/repos/{repoId}/{repoId2}"],
    ["/{}", ["uuid"], "/{id}"],
    ["/v1/{}", ["uuid"], "/v1/{id}"],
    ["/users/v2/{}", ["int"], "/users/v2/{userId}"],
    ["/accounts/{}", ["email"], "/accounts/{email}"],
    ["/calendar/{}/{}", ["date", "date"], "/calendar/{date}/{date2}"],
    ["/line-items/{}.json", ["int"], "/line-items/{lineItemId}.json"],
    ["/Accounts/{}:cancel", ["int"], "/Accounts/{accountId}:cancel"],
    ["/odata/Products({})", ["int"], "/odata/Products({productId})"],
    ["/odata/Get(a={},b={})", ["int", "int"], "/odata/Get(a={getId},b={getId2})"],
    ["/caf%C3%A9s/{}", ["int"], "/caf%C3%A9s/{cafId}"],
    ["/x/{}", ["declared"], "/x/{xId}"],
    ["/tags/{}/posts/{}", ["word", "slug"], "/tags/{tagName}/posts/{postName}"],
    ["/{}", ["word"], "/{name}"],
    ["/zips/{}", ["number"], "/zips/{zipId}"],
    ["/stats/{}", ["partial-date"], "/stats/{date}"],
    ["/no-variables", [], "/no-variables"],
  ])("%s of %j is %s", (skeleton, classes, path) => {
    expect(
      nameTemplate(
        skeleton,
        classes.map((name) => ({ class: name })),
      ).path,
    ).toBe(path);
  });

  test("given names stay", () => {
    const variables = [{ class: "int", named: "document" as const, name: "petId" }, { class: "int" }];
    expect(nameTemplate("/a/{}/pets/{}", variables)).toEqual({
      path: "/a/{petId}/pets/{petId2}",
      parameters: [
        { name: "petId", class: "int", named: "document" },
        { name: "petId2", class: "int" },
      ],
    });
  });
});

test.each([
  ["users", "user"],
  ["categories", "category"],
  ["addresses", "address"],
  ["boxes", "box"],
  ["branches", "branch"],
  ["statuses", "status"],
  ["status", "status"],
  ["series", "series"],
  ["news", "news"],
  ["people", "person"],
  ["children", "child"],
  ["movies", "movie"],
  ["aliases", "alias"],
  ["branches", "branch"],
  ["responses", "response"],
  ["cases", "case"],
  ["analyses", "analysis"],
  ["kpis", "kpis"],
  ["schemas", "schema"],
  ["analysis", "analysis"],
  ["data", "data"],
  ["messages", "message"],
  ["caches", "cache"],
  ["UserIndices", "UserIndex"],
  ["s", "s"],
  ["", ""],
])("singular of %s is %s", (word, expected) => {
  expect(singular(word)).toBe(expected);
});

describe("joinVariables", () => {
  const parameter: fc.Arbitrary<PathParameter> = fc
    .record({
      name: fc.constantFrom("a", "b"),
      class: fc.constantFrom("int", "uuid", "declared", "mixed"),
      named: fc.constantFrom(undefined, "source" as const, "document" as const),
    })
    .map(({ named, ...rest }) => (named === undefined ? { ...rest, name: "xId" } : { ...rest, named }));
  const join = (a: readonly PathParameter[], b: readonly PathParameter[]) =>
    nameTemplate("/x/{}", joinVariables(a, b)).parameters;

  test("is commutative, associative and idempotent", () => {
    fc.assert(
      fc.property(parameter, parameter, parameter, (a, b, c) => {
        expect(join([a], [b])).toEqual(join([b], [a]));
        expect(join(join([a], [b]), [c])).toEqual(join([a], join([b], [c])));
        expect(join(join([a], [b]), [b])).toEqual(join([a], [b]));
      }),
    );
  });

  test("a document's name goes before a source's, a source's before an inferred one", () => {
    const inferred = { name: "xId", class: "int" };
    const source = { name: "z", class: "declared", named: "source" as const };
    const document = { name: "y", class: "declared", named: "document" as const };
    expect(join([inferred], [source])).toEqual([{ name: "z", class: "int", named: "source" }]);
    expect(join(join([document], [source]), [inferred])).toEqual([
      { name: "y", class: "int", named: "document" },
    ]);
  });
});
