import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSafeName } from "../../../src/digest/names.ts";
import {
  graphqlOperation,
  grpcOperation,
  jsonOperation,
  REST,
  soapOperation,
} from "../../../src/digest/operation.ts";

const safeName = createSafeName(() => false);
const root = (strings: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(strings));

test.each([
  ["query GetUser { a }", undefined, "query GetUser"],
  ['mutation { createUser(name: "x") { id } }', undefined, "mutation createUser"],
  ["{ viewer { id } }", undefined, "query viewer"],
  ["{ me: viewer { id } }", undefined, "query viewer"],
  ["# hi\nquery A { a } query B { b }", "B", "query B"],
  ["fragment F on T { x } subscription OnMessage { m }", undefined, "subscription OnMessage"],
  [undefined, "GetUser", "query GetUser"],
  ["shoes", undefined, undefined],
  ["SELECT * FROM t WHERE a = '{'", undefined, undefined],
  [undefined, "not a name", undefined],
])("GraphQL %s (%s) is %s", (document, wanted, operation) => {
  expect(graphqlOperation(document, wanted, safeName)?.operation).toBe(operation);
});

test.each([
  [[root({ jsonrpc: "2.0", method: "tools/call" })], "json-rpc", "tools/call"],
  [[root({ jsonrpc: "2.0", method: "eth_getBalance" })], "json-rpc", "eth_getBalance"],
  [[root({ jsonrpc: "2.0" })], "json-rpc", null],
  [[root({ jsonrpc: "2.0", method: "get/550e8400-e29b-41d4-a716-446655440000" })], "json-rpc", "get/{uuid}"],
  [
    [
      root({ jsonrpc: "2.0", method: "b" }),
      root({ jsonrpc: "2.0", method: "a" }),
      root({ jsonrpc: "2.0", method: "b" }),
    ],
    "json-rpc",
    "a + b",
  ],
  [[root({ query: "{ a }" })], "graphql", "query a"],
  [[root({ method: "card" })], "rest", null],
  [[], "rest", null],
])("JSON %j", (roots, style, operation) => {
  expect(jsonOperation(roots, safeName)).toEqual({ style, operation });
});

test.each([
  ["/helloworld.Greeter/SayHello", "helloworld.Greeter/SayHello"],
  ["/Greeter/SayHello", "Greeter/SayHello"],
  ["/a/b/c", undefined],
  ["/{uuid}/x", undefined],
])("gRPC %s", (path, operation) => {
  expect(grpcOperation(path)?.operation).toBe(operation);
});

test.each([
  ['"http://example.com/Pay"', undefined, "Pay"],
  ["urn:x#Refund", "", "Refund"],
  ['""', "GetPrice", "GetPrice"],
  [undefined, "", null],
])("SOAP %s %s", (action, call, operation) => {
  expect(soapOperation(action, call, safeName)).toEqual({ style: "soap", operation });
});

test("never fails, and names nothing that is no name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const { operation } of [
        jsonOperation(
          [root({ jsonrpc: "2", method: text }), root({ query: text, operationName: text })],
          safeName,
        ),
        soapOperation(text, text, safeName),
        graphqlOperation(`query ${text}{`, text, safeName) ?? REST,
      ]) {
        expect(operation ?? "").toMatch(/^[\w$./:#{}+ -]*$/);
      }
    }),
  );
});
