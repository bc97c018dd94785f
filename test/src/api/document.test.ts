// The API's own document: valid for two independent readers, and true to the units.
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { OpenAPIV3_1 } from "openapi-types";
import { describe, expect, test } from "vitest";
import { loadRoutes } from "../../../src/api/api.ts";
import { documentOf } from "../../../src/api/document.ts";

const routes = await loadRoutes();

describe.each([true, false])("secured: %s", (secured) => {
  const document = documentOf(routes, secured);
  const text = JSON.stringify(document);

  test("it is OpenAPI 3.1 by the published schema", async () => {
    expect(await new Validator().validate(JSON.parse(text) as Record<string, unknown>)).toEqual({
      valid: true,
    });
  });

  test("a linter with its recommended rules finds nothing", async () => {
    const config = await createConfig({ extends: ["recommended"] });
    const problems = await lintFromString({ source: text, absoluteRef: "openapi.json", config });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
      [],
    );
  });

  test("every refused request is documented as a problem", () => {
    const items = Object.values(document.paths ?? {});
    const operations = items.flatMap((item) => Object.values(item ?? {}) as OpenAPIV3_1.OperationObject[]);
    expect(operations).toHaveLength(routes.length);
    const codes = operations.map(({ responses }) => Object.keys(responses ?? {}));
    expect(codes.filter((statuses) => !statuses.includes(secured ? "401" : "421"))).toEqual([]);
    expect(text).not.toContain(secured ? '"421"' : '"401"');
  });
});

test("the order in which units are found does not matter", () => {
  const there = JSON.stringify(documentOf(routes, true));
  expect(JSON.stringify(documentOf([...routes].reverse(), true))).toBe(there);
});

test("the variables of each path are its parameters", () => {
  for (const { path, parameters } of routes) {
    const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(parameters)).toEqual(variables);
  }
});
