import { describe, expect, test } from "vitest";
import { downgraded } from "../../../src/openapi/downgrade.ts";

function schemaIn30(schema: object): unknown {
  const document = {
    openapi: "3.1.0",
    info: { title: "", version: "" },
    paths: {},
    components: { schemas: { T: schema } },
  };
  return downgraded(document as never).components?.schemas?.["T"];
}

describe("schemas", () => {
  test.each<[object, object]>([
    [
      { type: "string", format: "date" },
      { type: "string", format: "date" },
    ],
    [
      { type: ["string", "null"], format: "date" },
      { type: "string", nullable: true, format: "date" },
    ],
    [{ type: "null" }, { type: "string", nullable: true, enum: [null] }],
    [{ type: ["string", "integer"] }, { anyOf: [{ type: "string" }, { type: "integer" }] }],
    [
      { type: ["string", "integer", "null"] },
      { anyOf: [{ type: "string", nullable: true }, { type: "integer" }] },
    ],
    [
      { type: ["string", "null"], enum: ["a", null] },
      { type: "string", nullable: true, enum: ["a", null] },
    ],
    [
      { type: "array", prefixItems: [{ type: "integer" }], items: { type: ["integer", "null"] } },
      { type: "array", items: { type: "integer", nullable: true } },
    ],
    [
      { anyOf: [{ $ref: "#/components/schemas/T" }, { type: "null" }] },
      { anyOf: [{ $ref: "#/components/schemas/T" }, { type: "string", nullable: true, enum: [null] }] },
    ],
    [
      { type: "object", properties: { type: { type: ["boolean", "null"] }, items: { type: "null" } } },
      {
        type: "object",
        properties: {
          type: { type: "boolean", nullable: true },
          items: { type: "string", nullable: true, enum: [null] },
        },
      },
    ],
  ])("%j", (newer, older) => {
    expect(schemaIn30(newer)).toEqual(older);
  });
});

test("mutual TLS is left out, of requirements too", () => {
  const document = {
    openapi: "3.1.0",
    info: { title: "", version: "" },
    paths: { "/a": { get: { responses: {}, security: [{ mtls: [] }, { basic: [] }] } } },
    components: {
      securitySchemes: { mtls: { type: "mutualTLS" }, basic: { type: "http", scheme: "basic" } },
    },
  };
  expect(downgraded(document as never)).toMatchObject({
    openapi: "3.0.3",
    paths: { "/a": { get: { security: [{ basic: [] }] } } },
    components: { securitySchemes: { basic: { scheme: "basic" } } },
  });
  expect(downgraded(document as never).components?.securitySchemes).not.toHaveProperty("mtls");
});
