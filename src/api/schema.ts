// The answers' shapes: named zod schemas, from which handlers get their types and the OpenAPI document its components.
import type { OpenAPIV3_1 } from "openapi-types";
import { z } from "zod";

const components = z.registry<{ readonly id: string }>();
const descriptions = new Map<string, string>();

/** Names a schema, so that the document refers to it instead of repeating it. */
export function component<S extends z.ZodType>(id: string, description: string, schema: S): S {
  components.add(schema, { id });
  descriptions.set(id, description);
  return schema;
}

export const count = z.int().min(0);

/** ISO 8601, UTC. */
export const time = z.iso.datetime();

// RFC 3339 ends with the year 9999; clocks of captures say anything.
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Milliseconds since the epoch as ISO 8601 in UTC; times outside of what RFC 3339 can say are moved to its edge. */
export function iso(milliseconds: number): string {
  const known = Number.isNaN(milliseconds) ? 0 : milliseconds;
  return new Date(Math.min(Math.max(known, 0), LAST_INSTANT)).toISOString();
}

/** A page of a list. */
export function pageOf<S extends z.ZodType>(id: string, item: S) {
  return component(
    id,
    "One page of a list.",
    z.object({
      items: z.array(item),
      next_cursor: z.string().nullable().describe("Give it as `cursor` for the next page; null on the last."),
    }),
  );
}

/** Rows of a record, in order of their key by code unit: the same in every store and every locale. */
export function rows<V>(record: Readonly<Record<string, V>>): [string, V][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

export const problemSchema = component(
  "Problem",
  "What was wrong, as in RFC 9457.",
  z.object({
    type: z.string().describe("urn:umbra:problem: and the code of the problem."),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z
      .array(z.object({ in: z.enum(["path", "query", "body"]), name: z.string(), detail: z.string() }))
      .optional()
      .describe("Each field that was wrong, and what is allowed there."),
  }),
);

export function refTo(schema: z.ZodType): OpenAPIV3_1.ReferenceObject {
  const id = components.get(schema)?.id;
  if (id === undefined) throw new Error("only named schemas can stand in an answer");
  return { $ref: `#/components/schemas/${id}` };
}

/** All named schemas as JSON Schema 2020-12, which is what OpenAPI 3.1 takes. */
export function componentSchemas(): Record<string, OpenAPIV3_1.SchemaObject> {
  const { schemas } = z.toJSONSchema(components, {
    uri: (id) => `#/components/schemas/${id}`,
    // Answers may gain fields; only what is written down is promised.
    io: "input",
    override: ({ jsonSchema }) => tidy(jsonSchema),
  });
  const named = rows(schemas).map(([id, schema]) => {
    // The document says both for all of them.
    const { $schema: _dialect, $id: _address, ...rest } = schema;
    return [id, { description: descriptions.get(id), ...rest }] as const;
  });
  // JSON Schema by zod and by openapi-types differ in how they spell the same thing.
  return Object.fromEntries(named) as Record<string, OpenAPIV3_1.SchemaObject>;
}

/** Drops what zod adds and no reader needs: the grammar of dates, the edges of its integers. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format === "date-time") delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.propertyNames !== undefined) delete schema.propertyNames;
}
