import { expect, test } from "vitest";
import { operationOf } from "../../../src/digest/called.ts";
import { examineMessage } from "../../../src/digest/message.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import { readPairs } from "../../../src/digest/parameters.ts";
import type { Parts } from "./an-exchange.ts";
import { aBody, anExchange, json } from "./an-exchange.ts";

function called(parts: Parts): string {
  const exchange = anExchange(parts);
  const safeName = createSafeName(() => false);
  const request = examineMessage(exchange.request, { safeName, leaves: null });
  const { path, query } = exchange.request;
  const { style, operation } = operationOf({ exchange, query: readPairs(query), path, request, safeName });
  return `${style} ${operation ?? "-"}`;
}

const SOAP = "<Envelope><Body><Pay/></Body></Envelope>";

test.each([
  [{}, "rest -"],
  [{ request: { query: "query=%7Bviewer%7Bid%7D%7D" } }, "graphql query viewer"],
  [{ request: { query: "query=shoes" } }, "rest -"],
  [
    { request: { headers: [["content-type", "application/graphql"]], body: aBody("mutation Go { a }") } },
    "graphql mutation Go",
  ],
  [
    {
      request: { headers: [["content-type", "application/x-www-form-urlencoded"]], body: aBody("query={a}") },
    },
    "graphql query a",
  ],
  [{ request: json({ operationName: "GetUser", extensions: {} }) }, "graphql query GetUser"],
  [{ request: { path: "/p.S/M", headers: [["content-type", "application/grpc+proto"]] } }, "grpc p.S/M"],
  [{ request: { path: "/not-grpc", headers: [["content-type", "application/grpc"]] } }, "rest -"],
  [{ request: { headers: [["content-type", "text/xml"]], body: aBody(SOAP) } }, "soap Pay"],
  [
    {
      request: {
        headers: [["content-type", 'application/soap+xml; action="urn:x/Refund"']],
        body: aBody("<a/>"),
      },
    },
    "soap Refund",
  ],
  [{ request: { headers: [["content-type", "text/xml"]], body: aBody("<rss/>") } }, "rest -"],
] as const)("%j", (parts, told) => {
  expect(called(parts)).toBe(told);
});
