// One observed operation as OpenAPI, judged by everything it gives.
import { expect, test } from "vitest";
import { boundedOf } from "../../../src/model/bounded.ts";
import { boundsOf, FACT_CAPS } from "../../../src/model/facts.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { groupByPath } from "../../../src/openapi/grouping.ts";
import { operationOf } from "../../../src/openapi/operation.ts";
import { typesOf } from "../../../src/openapi/types.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { aShapeOf, anEndpoint, someFacts } from "../inventory/an-endpoint.ts";

function operation(...endpoints: readonly Endpoint[]) {
  const paths = groupByPath(endpoints);
  const [path] = paths;
  const [group] = path?.operations ?? [];
  if (path === undefined || group === undefined) throw new Error("no operation");
  return operationOf(path, group, typesOf(paths));
}

test("everything that was seen", () => {
  const text = { count: 60, string: { count: 60, empty: 0, formats: 0, minLength: 1, maxLength: 8 } };
  const facts = {
    ...someFacts({
      at: 0,
      statuses: { 201: 60 },
      request: aShapeOf({ a: null }, 60),
      response: aShapeOf({ b: null }, 60),
      responseType: "application/json",
    }),
    query: boundedOf([["q", { requests: 60, repeated: 0, shape: text }]], boundsOf(FACT_CAPS).query),
  };
  const endpoint = anEndpoint({
    method: "POST",
    path: "/a/{id}",
    facts,
    standing: "zombie",
    ai: { ...NO_AI, verdict: "likely", score: 0.66666, kind: "agent" },
  });
  expect(operation(endpoint)).toEqual({
    parameters: [
      { name: "id", in: "path", required: true, schema: { type: "integer", "x-umbra-class": "int" } },
      { name: "q", in: "query", required: true, schema: { type: "string" } },
    ],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
          example: { a: "text" },
        },
      },
    },
    responses: {
      201: {
        description: "Created",
        content: {
          "application/json": {
            schema: { type: "object", properties: { b: { type: "string" } }, required: ["b"] },
            example: { b: "text" },
          },
        },
        "x-umbra-responses": 60,
      },
    },
    deprecated: true,
    "x-umbra-requests": 60,
    "x-umbra-first-seen": "1970-01-01T00:00:00.000Z",
    "x-umbra-last-seen": "1970-01-01T00:00:00.000Z",
    "x-umbra-confidence": "confirmed",
    "x-umbra-standing": "zombie",
    "x-umbra-ai": { verdict: "likely", score: 0.67, kind: "agent", role: null, formats: [] },
  });
});

test("a body of GET says nothing", () => {
  expect(operation(anEndpoint({ facts: someFacts({ request: aShapeOf({ a: null }) }) }))).not.toHaveProperty(
    "requestBody",
  );
});

test("statuses OpenAPI does not know, clocks that are wrong, media types that are none", () => {
  const facts = someFacts({
    at: 1e300,
    statuses: { 999: 1, unknown: 2 },
    responseType: "no type at all",
    response: null,
  });
  expect(operation(anEndpoint({ facts }))).toMatchObject({
    responses: { default: { description: "No answer was heard." } },
    "x-umbra-statuses": ["999", "unknown"],
    "x-umbra-first-seen": null,
  });
});

test("operations on top are listed by name", () => {
  const named = ["query B", "query A"].map((name) =>
    anEndpoint({ path: "/graphql", method: "POST", style: "graphql", operation: name }),
  );
  expect(operation(...named)["x-umbra-operations"]).toEqual([
    { name: "query A", style: "graphql", requests: 1, standing: "shadow" },
    { name: "query B", style: "graphql", requests: 1, standing: "shadow" },
  ]);
});
