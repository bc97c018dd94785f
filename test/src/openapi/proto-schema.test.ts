// Schemas of protobuf messages: field numbers as properties, wire types beside them, nothing required.
import { expect, test } from "vitest";
import type { Shape } from "../../../src/model/shape.ts";
import { PROTO_BITS } from "../../../src/model/shape.ts";
import { protoSchema } from "../../../src/openapi/proto-schema.ts";

const message = (
  fields: Readonly<Record<string, Shape>>,
  bits: number = PROTO_BITS.counted | PROTO_BITS.noText,
): Shape => ({
  count: 100,
  proto: bits,
  object: { count: 100, fields: { kept: fields, tau: null, rest: null } },
});
const text = (bits: number): Shape => ({
  count: 100,
  proto: bits,
  string: { count: 100, empty: 0, formats: 0, minLength: 4, maxLength: 8 },
});
const int = { count: 100, integer: true, fits: "int64", decimals: 0 } as const;

test("each field says what it may be and how it was encoded", () => {
  const schema = protoSchema(
    message({
      "10": { count: 100, proto: PROTO_BITS.varint, number: int },
      "2": text(PROTO_BITS.counted | PROTO_BITS.noMessage | PROTO_BITS.repeated),
      "3": message({ "1": { count: 1, proto: PROTO_BITS.fixed64, number: { ...int, integer: false } } }),
      "4": { count: 9, proto: PROTO_BITS.counted | PROTO_BITS.noText | PROTO_BITS.noMessage },
      "5": {
        count: 9,
        proto: PROTO_BITS.counted | PROTO_BITS.varint | PROTO_BITS.noText | PROTO_BITS.noMessage,
        number: int,
      },
      "6": { ...message({}, PROTO_BITS.counted), ...text(PROTO_BITS.counted) },
      "7": { count: 1, any: true, proto: PROTO_BITS.counted },
    }),
  );
  expect(Object.keys(schema.properties ?? {})).toEqual(["2", "3", "4", "5", "6", "7", "10"]);
  expect(schema).toEqual({
    type: "object",
    "x-umbra-wire": ["counted"],
    properties: {
      "2": { type: "array", items: { type: "string", "x-umbra-wire": ["counted"] } },
      "3": {
        type: "object",
        "x-umbra-wire": ["counted"],
        properties: { "1": { type: "number", "x-umbra-wire": ["fixed64"] } },
      },
      "4": { type: "string", format: "binary", "x-umbra-wire": ["counted"] },
      "5": {
        anyOf: [
          { type: "integer", format: "int64" },
          { type: "string", format: "binary" },
        ],
        "x-umbra-wire": ["varint", "counted"],
      },
      "6": { type: "string", "x-umbra-wire": ["counted"] },
      "7": {},
      "10": { type: "integer", format: "int64", "x-umbra-wire": ["varint"] },
    },
  });
});
