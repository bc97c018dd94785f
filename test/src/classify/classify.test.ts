// A sighting becomes an endpoint with a category and an AI verdict.
import { describe, expect, test } from "vitest";
import { classify, identify } from "../../../src/classify/classify.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { aShapeOf } from "../inventory/an-endpoint.ts";
import { aSpec } from "../openapi/a-spec.ts";
import { aKey, aSighting } from "./a-sighting.ts";

const matcher = createMatcher([aSpec(["GET /pets/{petId}"])]);
const documented = (key: { authority: string; method: string; path: string }) =>
  matcher(key.authority, key.method, key.path);

test("what one sighting tells", () => {
  expect(classify(aSighting("GET /orders/12"), documented)).toMatchObject({
    authority: "shop.test",
    method: "GET",
    path: "/orders/{orderId}",
    parameters: [{ name: "orderId", class: "int" }],
    category: "api",
    ai: { verdict: "none" },
    match: { kind: "none" },
    facts: { requests: 1 },
  });
});

test("a documented operation is known by the document's names", () => {
  expect(classify(aSighting("GET /pets/tom"), documented)).toMatchObject({
    path: "/pets/{petId}",
    match: { kind: "operation" },
  });
});

test("an AI format is recognised on the template", () => {
  const facts = { request: aShapeOf({ "contents[]": null }), response: aShapeOf({ "candidates[]": null }) };
  const found = classify(aSighting("POST /v1beta/models/gemini-2:generateContent", facts), documented);
  expect(found.ai).toMatchObject({ verdict: "confirmed", formats: ["gemini.generate"] });
});

describe("identify", () => {
  test("keeps protocol, style and operation", () => {
    const key = aKey({ style: "graphql", operation: "query A", protocol: "h2" });
    expect(identify(key, documented)).toMatchObject({
      style: "graphql",
      operation: "query A",
      protocol: "h2",
    });
  });
  test("cuts what clients may choose without end", () => {
    const key = aKey({ method: "M".repeat(999), style: "json-rpc", operation: "o".repeat(9_999) });
    const found = identify(key, documented);
    expect([found.method.length, found.operation?.length]).toEqual([32, 256]);
  });
});

test("a connection that stayed closed is encrypted, even where a document lists /", () => {
  const root = createMatcher([aSpec(["GET /"])]);
  const closed = aSighting("GET /", { statuses: { unknown: 2 } }, { method: "", path: "", protocol: "tls" });
  const found = classify(closed, (key) => root(key.authority, key.method, key.path));
  expect(found).toMatchObject({ path: "", category: "encrypted", match: { kind: "none" } });
});
