// The same document always gives the same text, which reads back as the same document.
import type { OpenAPIV3_1 } from "openapi-types";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { exportOpenApi } from "../../../src/openapi/export.ts";
import { renderJson, renderYaml } from "../../../src/openapi/render.ts";
import { aShapeOf, anEndpoint, someFacts } from "../inventory/an-endpoint.ts";

const shape = aShapeOf({ same: { a: null }, again: { a: null } });
const endpoints = [anEndpoint({ facts: someFacts({ request: shape, response: shape }), method: "POST" })];
const document = exportOpenApi(endpoints, { authority: "shop.test", firstSeen: 0, lastSeen: 0, requests: 1 });

test("JSON ends in a newline and reads back", () => {
  expect(renderJson(document).endsWith("}\n")).toBe(true);
  expect(JSON.parse(renderJson(document))).toEqual(document);
});

test("YAML has no aliases and reads back", () => {
  expect(renderYaml(document)).not.toMatch(/[&*]a\d/);
  expect(parse(renderYaml(document))).toEqual(document);
});

test("marks that hide or reverse text are escaped, and mean the same", () => {
  const path = "/a\u202eb\u200b\u0085\u001b";
  const document: OpenAPIV3_1.Document = {
    openapi: "3.1.0",
    info: { title: path, version: "1" },
    paths: { [path]: { get: { summary: "a\u2028b", responses: {} } }, "/plain": {} },
  };
  for (const text of [renderYaml(document), renderJson(document)]) {
    expect(text).not.toMatch(/[\u001b\u0085\u200b\u2028\u202e]/);
    expect(parse(text)).toEqual(document);
  }
});
