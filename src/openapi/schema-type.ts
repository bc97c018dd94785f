// A schema object of OpenAPI 3.1 with room for our own members.
import type { OpenAPIV3_1 } from "openapi-types";

/** `x-…` members are allowed in every schema object. */
export type Schema = OpenAPIV3_1.SchemaObject & Readonly<Record<`x-${string}`, unknown>>;
export type SchemaOrRef = Schema | OpenAPIV3_1.ReferenceObject;
