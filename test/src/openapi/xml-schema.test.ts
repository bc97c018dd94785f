// XML as OpenAPI describes it: from bytes through the digest to the schema of the exported document.
import { expect, test } from "vitest";
import { joinFacts } from "../../../src/model/facts.ts";
import { exportOpenApi } from "../../../src/openapi/export.ts";
import { aBody, aDigest, anExchange } from "../digest/an-exchange.ts";
import { anEndpoint } from "../inventory/an-endpoint.ts";

const SERVICE = { authority: "shop.test", firstSeen: 0, lastSeen: 1, requests: 1 };

function schemaOf(documents: readonly string[], mediaType = "application/xml"): unknown {
  const { digest } = aDigest();
  const facts = documents
    .map((xml) => {
      const response = { headers: [["content-type", mediaType] as const], body: aBody(xml) };
      return digest(anExchange({ response })).facts;
    })
    .reduce((a, b) => joinFacts(a, b));
  const document = exportOpenApi([anEndpoint({ facts })], SERVICE);
  const [response] = Object.values(document.paths?.["/orders"]?.get?.responses ?? {});
  const content = (response as { content?: Record<string, { schema?: unknown }> }).content ?? {};
  return content[mediaType]?.schema;
}

const many = (xml: (at: number) => string) => Array.from({ length: 20 }, (_, at) => xml(at));

test("elements, attributes, lists, and what is always there", () => {
  const schema = schemaOf(
    many(
      (at) =>
        `<order id="${at}"><total>1.50</total>${at % 2 ? "<note>x</note>" : ""}<line>a</line><line>b</line></order>`,
    ),
  );
  expect(schema).toEqual({
    type: "object",
    properties: {
      id: { type: "integer", xml: { attribute: true } },
      line: { type: "array", items: { type: "string" } },
      note: { type: "string" },
      total: { type: "number" },
    },
    required: ["id", "line", "total"],
    xml: { name: "order" },
  });
});

test("a list in a wrapping, once empty", () => {
  expect(schemaOf(["<tags><tag>a</tag><tag>b</tag></tags>", "<tags/>"])).toEqual({
    type: "array",
    items: { type: "string", xml: { name: "tag" } },
    xml: { name: "tags", wrapped: true },
  });
});

test("an attribute of the name of an element, and text beside it", () => {
  expect(schemaOf(['<a x="1">t<x/></a>'])).toEqual({
    type: "object",
    properties: {
      "@x": { type: "integer", xml: { name: "x", attribute: true } },
      "#text": { type: "string", "x-umbra-text": true },
      x: { type: "string" },
    },
    xml: { name: "a" },
  });
});

test("SOAP: envelope, body and calls with their namespaces; nil is null; several roots", () => {
  const call = (body: string) =>
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body>${body}</s:Body></s:Envelope>`;
  const soap = { prefix: "s", namespace: "http://www.w3.org/2003/05/soap-envelope" };
  expect(
    schemaOf(
      [
        call('<Get xmlns="urn:shop"><id>7</id></Get>'),
        call('<Get xmlns="urn:shop"><id xsi:nil="true"/></Get>'),
        "<error/>",
      ],
      "application/soap+xml",
    ),
  ).toEqual({
    anyOf: [
      {
        type: "object",
        properties: {
          Body: {
            type: "object",
            properties: {
              Get: {
                type: "object",
                properties: { id: { type: ["integer", "null"] } },
                xml: { namespace: "urn:shop" },
              },
            },
            xml: soap,
          },
        },
        xml: { name: "Envelope", ...soap },
      },
      { type: "string", xml: { name: "error" } },
    ],
  });
});
