// Endpoints as paths and operations of a document.
import { expect, test } from "vitest";
import { groupByPath, uniqueName } from "../../../src/openapi/grouping.ts";
import { anEndpoint } from "../inventory/an-endpoint.ts";

test("one path per skeleton, named by the strongest source", () => {
  const endpoints = [
    anEndpoint({ path: "/a/{aId}", method: "POST" }),
    anEndpoint({ path: "/a/{x}", parameters: [{ name: "x", class: "uuid", named: "document" }] }),
    anEndpoint({ path: "/a/{y}", method: "PUT", parameters: [{ name: "y", class: "int", named: "source" }] }),
  ];
  expect(groupByPath(endpoints)).toMatchObject([
    {
      path: "/a/{x}",
      parameters: [{ name: "x", class: "mixed" }],
      operations: [{ method: "GET" }, { method: "POST" }, { method: "PUT" }],
    },
  ]);
});

test.each([
  [["GET", "HEAD", "OPTIONS"], ["GET"]],
  [
    ["HEAD", "POST"],
    ["HEAD", "POST"],
  ],
  [["HEAD", "OPTIONS"], ["HEAD"]],
  [["OPTIONS"], ["OPTIONS"]],
])("of %j the document has %j", (methods, expected) => {
  const [path] = groupByPath(methods.map((method) => anEndpoint({ path: "/a", method })));
  expect(path?.operations.map((operation) => operation.method)).toEqual(expected);
});

test("operations on top share one operation, their facts joined", () => {
  const named = ["query A", "query B"].map((operation) =>
    anEndpoint({ path: "/graphql", method: "POST", style: "graphql", operation }),
  );
  expect(groupByPath(named)[0]?.operations).toMatchObject([{ method: "POST", facts: { requests: 2 } }]);
});

test("what is no path is left out", () => {
  expect(
    groupByPath([anEndpoint({ path: "*", method: "OPTIONS" }), anEndpoint({ path: "{authority}" })]),
  ).toEqual([]);
});

test("uniqueName counts from two", () => {
  const taken = new Set<string>();
  expect(["a", "a", "b", "a"].map((name) => uniqueName(name, taken))).toEqual(["a", "a2", "b", "a3"]);
});
