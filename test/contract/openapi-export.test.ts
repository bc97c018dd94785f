// Every exported document is valid OpenAPI 3.1 for two independent validators, and lists what it was made from.
import { createConfig, lintFromString } from "@redocly/openapi-core";
import type { Config } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { FACT_CAPS } from "../../src/model/facts.ts";
import { endpointId } from "../../src/model/identity.ts";
import { NO_AI } from "../../src/model/inventory.ts";
import type { Endpoint } from "../../src/model/inventory.ts";
import { downgraded } from "../../src/openapi/downgrade.ts";
import { exportOpenApi } from "../../src/openapi/export.ts";
import { readSpec } from "../../src/openapi/import.ts";
import { createMatcher } from "../../src/openapi/match.ts";
import { renderJson, renderYaml } from "../../src/openapi/render.ts";
import { aFacts } from "../src/model/arbitraries.ts";

let config: Config;
// It compiles the standard's schema on first use, and keeps it.
const validator = new Validator();
beforeAll(async () => {
  config = await createConfig({ extends: ["spec"] });
});

const literal = fc.constantFrom(
  "users",
  "orders",
  "v1",
  "a b",
  "%7Bx%7D",
  "é",
  "a:b",
  "$metadata",
  "x.json",
  "~",
  "__proto__",
);
const variable = fc.constantFrom("id", "userId", "bad name!", "ü", "id");
const segment = fc.oneof(
  { weight: 3, arbitrary: literal },
  { weight: 2, arbitrary: variable.map((name) => `{${name}}`) },
  { weight: 1, arbitrary: variable.map((name) => `{${name}}:cancel`) },
  { weight: 1, arbitrary: fc.tuple(variable, variable).map(([a, b]) => `Q({${a}},{${b}}).json`) },
);
const method = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"),
  },
  { weight: 1, arbitrary: fc.constantFrom("PURGE", "get", "CONNECT", "x-a", "M-SEARCH") },
);

const anyEndpoint: fc.Arbitrary<Endpoint> = fc
  .record({
    method,
    segments: fc.array(segment, { maxLength: 4 }),
    tokenClass: fc.constantFrom("uuid", "int", "declared", "date", "token"),
    named: fc.constantFrom(undefined, "document" as const, "source" as const),
    operation: fc.constantFrom(null, null, "query A", "query B"),
    facts: aFacts(FACT_CAPS),
    standing: fc.constantFrom("shadow" as const, "documented" as const, "zombie" as const),
  })
  .map(({ segments, tokenClass, named, operation, ...rest }) => {
    const path = `/${segments.join("/")}`;
    const parameters = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => ({
      name,
      class: tokenClass,
      ...(named !== undefined && { named }),
    }));
    const style = operation === null ? ("rest" as const) : ("graphql" as const);
    const identity = { authority: "shop.test", path, style, operation, method: rest.method };
    return {
      ...identity,
      ...rest,
      id: endpointId(identity),
      parameters,
      protocol: "http/1.1" as const,
      category: "api" as const,
      confidence: "confirmed" as const,
      standingReason: "",
      specIds: [],
      ai: NO_AI,
    };
  });

const endpointSets = fc.uniqueArray(anyEndpoint, { maxLength: 12, selector: (endpoint) => endpoint.id });
const SERVICE = { authority: "shop.test", firstSeen: 0, lastSeen: 1, requests: 1 };

async function complaints(source: string): Promise<readonly string[]> {
  const problems = await lintFromString({ source, config });
  return problems.filter((problem) => problem.severity === "error").map((problem) => problem.message);
}

describe("any set of endpoints", () => {
  test("gives a document that Redocly's specification rules accept, as JSON and as YAML", async () => {
    await fc.assert(
      fc.asyncProperty(endpointSets, async (endpoints) => {
        const document = exportOpenApi(endpoints, SERVICE);
        expect(await complaints(renderJson(document))).toEqual([]);
        expect(await complaints(renderYaml(document))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("gives a document that the schema of OpenAPI 3.1 accepts", async () => {
    await fc.assert(
      fc.asyncProperty(endpointSets, async (endpoints) => {
        const source = renderJson(exportOpenApi(endpoints, SERVICE));
        const { valid, errors } = await validator.validate(JSON.parse(source) as Record<string, unknown>);
        expect(errors).toBeUndefined();
        expect(valid).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test("gives a document of 3.0.3 that both validators accept", async () => {
    await fc.assert(
      fc.asyncProperty(endpointSets, async (endpoints) => {
        const source = renderJson(downgraded(exportOpenApi(endpoints, SERVICE)));
        expect(await complaints(source)).toEqual([]);
        const { errors } = await validator.validate(JSON.parse(source) as Record<string, unknown>);
        expect(errors).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  test("is documented by the document it gave", () => {
    fc.assert(
      fc.property(endpointSets, (endpoints) => {
        for (const render of [renderJson, renderYaml]) {
          const source = render(exportOpenApi(endpoints, SERVICE));
          const spec = readSpec(source, { name: "round trip", authorities: [], uploadedAt: 1 });
          if (!spec.ok) throw new Error(spec.weird.name);
          const match = createMatcher([spec.value]);
          for (const { authority, method: seen, path } of endpoints) {
            expect(match(authority, seen, path)).toMatchObject({ kind: "operation" });
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test("gives the same bytes in any order", () => {
    fc.assert(
      fc.property(endpointSets, fc.nat(), (endpoints, turn) => {
        const at = endpoints.length === 0 ? 0 : turn % endpoints.length;
        const turned = [...endpoints.slice(at), ...endpoints.slice(0, at)].reverse();
        expect(renderJson(exportOpenApi(turned, SERVICE))).toBe(
          renderJson(exportOpenApi(endpoints, SERVICE)),
        );
      }),
    );
  });
});
