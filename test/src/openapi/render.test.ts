// The same document always gives the same text, which reads back as the same document.
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
