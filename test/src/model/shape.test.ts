import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../src/model/canonical.ts";
import { ALL_FORMATS } from "../../../src/model/formats.ts";
import type { Shape } from "../../../src/model/shape.ts";
import { joinShape, PROTO_BITS } from "../../../src/model/shape.ts";
import { aShape, joinAnyhow, picks } from "./arbitraries.ts";

test("any order, any tree, any cap: same bytes", () => {
  const trial = fc
    .integer({ min: 1, max: 5 })
    .chain((cap) =>
      fc.tuple(fc.constant(cap), fc.array(aShape(cap), { minLength: 1, maxLength: 12 }), picks),
    );
  fc.assert(
    fc.property(trial, ([cap, shapes, picks]) => {
      const join = (a: Shape, b: Shape): Shape => joinShape(a, b, cap);
      expect(canonicalJson(joinAnyhow(shapes, join, picks))).toBe(canonicalJson(shapes.reduce(join)));
    }),
  );
});

test("what is known of numbers and strings only loosens", () => {
  const a: Shape = { count: 1, number: { count: 1, integer: true, fits: "int32", decimals: 0 } };
  const b: Shape = { count: 1, number: { count: 1, integer: false, fits: "int53", decimals: 2 } };
  expect(joinShape(a, b).number).toEqual({ count: 2, integer: false, fits: "int53", decimals: 2 });

  const empty: Shape = {
    count: 1,
    string: { count: 1, empty: 1, formats: ALL_FORMATS, minLength: 0, maxLength: 0 },
  };
  const text: Shape = { count: 1, string: { count: 1, empty: 0, formats: 5, minLength: 4, maxLength: 8 } };
  const other: Shape = { count: 1, string: { count: 1, empty: 0, formats: 6, minLength: 16, maxLength: 32 } };
  expect(joinShape(joinShape(empty, text), other).string).toEqual({
    count: 3,
    empty: 1,
    formats: 4,
    minLength: 4,
    maxLength: 32,
  });
});

test("a field beyond the cap goes to rest, and stays there", () => {
  const field = (key: string): Shape => ({
    count: 1,
    object: { count: 1, fields: { kept: { [key]: { count: 1, nulls: 1 } }, tau: null, rest: null } },
  });
  const joined = ["a", "b", "c", "a", "b", "c"].map(field).reduce((x, y) => joinShape(x, y, 2));
  expect(Object.values(joined.object?.fields.kept ?? {}).map(({ count }) => count)).toEqual([2, 2]);
  expect(joined.object?.fields.rest).toEqual({ count: 2, nulls: 2 });
});

test("protobuf values rule out what their field cannot be, for good", () => {
  const text: Shape = {
    count: 1,
    proto: PROTO_BITS.counted,
    string: { count: 1, empty: 0, formats: 0, minLength: 2, maxLength: 2 },
    object: { count: 1, fields: { kept: {}, tau: null, rest: null } },
  };
  const message: Shape = { ...text, proto: PROTO_BITS.counted | PROTO_BITS.noText };
  const joined = joinShape(joinShape(text, message), text);
  expect(joined.string).toBe(undefined);
  expect(joined.object?.count).toBe(3);
  expect(joined.proto).toBe(PROTO_BITS.counted | PROTO_BITS.noText);
});
