import { expect, test } from "vitest";
import { createDigest } from "../../../src/digest/digest.ts";
import { joinFacts } from "../../../src/model/facts.ts";
import { hash32 } from "../../../src/model/hash.ts";
import { groupByPath } from "../../../src/openapi/grouping.ts";
import { pathParameters, queryParameters } from "../../../src/openapi/parameters.ts";
import { anExchange } from "../digest/an-exchange.ts";
import { anEndpoint } from "../inventory/an-endpoint.ts";

function parametersOf(...queries: readonly string[]) {
  const { digest } = createDigest({ dataClasses: [], hash32 });
  const facts = queries.map((query) => digest(anExchange({ request: { query } })).facts);
  return queryParameters(facts.reduce((a, b) => joinFacts(a, b)));
}

test.each<[string, readonly string[], object]>([
  ["one value", ["n=1", "n=2"], { name: "n", schema: { type: "integer" } }],
  ["a repeated name", ["n=1&n=2"], { name: "n", schema: { type: "array", items: { type: "integer" } } }],
  [
    "lists with commas",
    ["n=1,2", "n=3", "n=4,5", "n=6,7,8"],
    { name: "n", style: "form", explode: false, schema: { type: "array", items: { type: "integer" } } },
  ],
  ["prose with commas", ["q=a, b", "q=c, d", "q=e, f"], { name: "q", schema: { type: "string" } }],
  ["brackets at the end", ["n[]=1"], { name: "n[]", schema: { type: "array" } }],
  [
    "fields in brackets",
    ["f[a]=1", "f[b]=true"],
    {
      name: "f",
      style: "deepObject",
      explode: true,
      schema: { type: "object", properties: { a: { type: "integer" }, b: { type: "boolean" } } },
    },
  ],
])("%s", (_what, queries, expected) => {
  const [parameter, ...others] = parametersOf(...queries);
  expect(parameter).toMatchObject({ in: "query", ...expected });
  expect(others).toEqual([]);
});

test("an object in brackets is needed when one of its fields always came", () => {
  const always = Array.from({ length: 60 }, (_, at) => (at === 7 ? "f[a]=1&f[b]=2" : "f[a]=1"));
  expect(parametersOf(...always)).toMatchObject([
    { name: "f", required: true, schema: { properties: { b: {} }, required: ["a"] } },
  ]);
});

test("a name with and without brackets stays two parameters", () => {
  expect(parametersOf("f=1&f[a]=2").map(({ name }) => name)).toEqual(["f", "f[a]"]);
});

test("path variables are typed by the class of their tokens", () => {
  const [path] = groupByPath([anEndpoint({ path: "/a/{id}" })]);
  if (path === undefined) throw new Error("no path");
  expect(pathParameters(path)).toEqual([
    { name: "id", in: "path", required: true, schema: { type: "integer", "x-umbra-class": "int" } },
  ]);
});
