// A form as its fields mean it: a field that came once and several times is a list of whatever length, parts may be JSON.
import type { OpenAPIV3_1 } from "openapi-types";
import type { Shape } from "../model/shape.ts";
import { joinShape } from "../model/shape.ts";
import type { BodyFacts } from "../model/sighting.ts";

/** A body of this media type is a form (WHATWG URL, 5; RFC 7578). */
export function isForm(mediaType: string): boolean {
  return mediaType === "application/x-www-form-urlencoded" || mediaType === "multipart/form-data";
}

/** Single values of fields that are lists become items of them. */
export function formShape(shape: Shape): Shape {
  if (shape.object === undefined) return shape;
  const { fields } = shape.object;
  const kept = Object.fromEntries(Object.entries(fields.kept).map(([name, held]) => [name, listed(held)]));
  return { ...shape, object: { ...shape.object, fields: { ...fields, kept } } };
}

function listed(held: Shape): Shape {
  const { count, array, object, ...scalars } = held;
  if (array?.items === undefined || object !== undefined || Object.keys(scalars).length === 0) return held;
  const single = { ...scalars, count: count - array.count };
  return { count, array: { ...array, minLength: 1, items: joinShape(array.items, single) } };
}

/** Parts that are JSON, by name: nothing else gives a part fields. */
export function encodingOf({ shape }: BodyFacts): Pick<OpenAPIV3_1.MediaTypeObject, "encoding"> {
  const parts = Object.entries(shape?.object?.fields.kept ?? {})
    .filter(([, { object, string }]) => object !== undefined && string === undefined)
    .map(([name]) => [name, { contentType: "application/json" }] as const);
  return parts.length === 0 ? {} : { encoding: Object.fromEntries(parts) };
}
