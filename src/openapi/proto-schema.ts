// Renders a shape of protobuf messages: properties are field numbers, and each says how it was encoded.
import type { Shape } from "../model/shape.ts";
import { PROTO_BITS } from "../model/shape.ts";
import { schemaOf } from "./schema.ts";
import type { Schema } from "./schema-type.ts";

/*
  Wire types (Protobuf encoding, "Message structure") as far as they tell what a field is: a varint may be any integer, an
  enumeration or a boolean; four or eight bytes an integer of fixed size or a float; counted bytes a string, a message,
  bytes or packed numbers.
*/
const WIRES = ["varint", "fixed64", "fixed32", "counted", "group"] as const;

/** Fields are never called required: what has its default value is not sent. */
export function protoSchema(shape: Shape): Schema {
  if (shape.any === true) return {};
  const bits = shape.proto ?? 0;
  const wires = WIRES.filter((wire) => (bits & PROTO_BITS[wire]) !== 0);
  const [only = {}, ...others] = kindsOf(shape, bits);
  const one = {
    ...(others.length === 0 ? only : { anyOf: [only, ...others] }),
    "x-umbra-wire": wires,
  } as Schema;
  return (bits & PROTO_BITS.repeated) === 0 ? one : { type: "array", items: one };
}

/** While nothing rules either out, readable text is a string rather than a message. */
function kindsOf(shape: Shape, bits: number): readonly Schema[] {
  const kinds: Schema[] = [];
  const { number, string, object } = shape;
  if (number !== undefined) kinds.push(schemaOf({ count: shape.count, number }, Infinity));
  if (string !== undefined) kinds.push(schemaOf({ count: shape.count, string }, Infinity));
  else if (object !== undefined) kinds.push(messageSchema(object.fields.kept));
  else if ((bits & PROTO_BITS.counted) !== 0) kinds.push({ type: "string", format: "binary" });
  return kinds;
}

function messageSchema(fields: Readonly<Record<string, Shape>>): Schema {
  const numbers = Object.keys(fields).sort((a, b) => Number(a) - Number(b));
  const properties = Object.fromEntries(
    numbers.map((number) => [number, protoSchema(fields[number] as Shape)]),
  );
  return { type: "object", ...(numbers.length > 0 && { properties }) };
}
