// Operations on top of HTTP, read from traffic as it comes.
import { expect, test } from "vitest";
import { createDigest } from "../../../src/digest/digest.ts";
import { joinFacts } from "../../../src/model/facts.ts";
import { hash32 } from "../../../src/model/hash.ts";
import { calledParts } from "../../../src/openapi/called.ts";
import { anExchange, json } from "../digest/an-exchange.ts";
import { anEndpoint } from "../inventory/an-endpoint.ts";

type Body = Parameters<typeof json>[0];

function calls(style: "graphql" | "json-rpc" | "rest", ...talks: readonly (readonly [Body, Body])[]) {
  const { digest } = createDigest({ dataClasses: [], hash32, sampleAfter: Infinity });
  const facts = talks
    .map(
      ([sent, got]) =>
        digest(anExchange({ request: { method: "POST", ...json(sent) }, response: json(got) })).facts,
    )
    .reduce((a, b) => joinFacts(a, b));
  return calledParts(anEndpoint({ style, operation: "query A", facts }));
}

test("GraphQL: variables, and what was selected", () => {
  const sent = {
    query: "query A($id: ID!) { user(id: $id) { name posts { title } } }",
    variables: { id: 7, page: { size: 2 } },
  };
  const got = { data: { user: { name: "Ann", posts: [{ title: "x" }] } } };
  expect(calls("graphql", [sent, got], [sent, { errors: [{ message: "no" }] }])).toEqual({
    variables: ["id", "page", "page.size"],
    fields: ["user", "user.name", "user.posts", "user.posts[].title"],
  });
});

test("JSON-RPC: params and result, in batches too", () => {
  const one = { jsonrpc: "2.0", id: 1, method: "a/b", params: { name: "x" } };
  expect(calls("json-rpc", [one, { jsonrpc: "2.0", id: 1, result: { ok: true } }])).toEqual({
    params: ["name"],
    result: ["ok"],
  });
  expect(calls("json-rpc", [[one], [{ jsonrpc: "2.0", id: 1, error: { code: 1 } }]])).toEqual({
    params: ["name"],
  });
});

test("what is neither has no parts", () => {
  expect(calls("rest", [{ variables: { a: 1 } }, { data: { b: 1 } }])).toEqual({});
  expect(calledParts(anEndpoint({ style: "graphql", operation: "query A", facts: null }))).toEqual({});
});

test("no more names than fit a screen, the same whatever the order", () => {
  const data = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`f${at}`, at]));
  const backwards = Object.fromEntries(Object.entries(data).reverse());
  const parts = calls("graphql", [{ query: "{ f0 }" }, { data }]);
  expect(parts["fields"]).toHaveLength(64);
  expect(calls("graphql", [{ query: "{ f0 }" }, { data: backwards }])).toEqual(parts);
});
