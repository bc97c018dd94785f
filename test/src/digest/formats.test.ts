import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatsOf } from "../../../src/digest/formats.ts";
import { ALL_FORMATS, formatBit, formatNames } from "../../../src/model/formats.ts";

const named = (text: string): readonly string[] => formatNames(formatsOf(text, ALL_FORMATS));

test.each([
  ["550e8400-e29b-41d4-a716-446655440000", ["uuid"]],
  ["2024-02-29T12:00:00.123Z", ["date-time"]],
  ["2023-02-29T12:00:00Z", []],
  ["2024-02-29", ["date"]],
  ["2024-13-01", []],
  ["12:30:00Z", ["time"]],
  ["P3DT4H", ["duration"]],
  ["jane@example.com", ["email"]],
  ["https://example.com/a?b=c#d", ["uri"]],
  ["10.0.0.1", ["ipv4"]],
  ["10.0.0.256", []],
  ["2001:db8::1", ["ipv6"]],
  ["api.example.com", ["hostname"]],
  ["42", ["integer", "decimal"]],
  ["007", []],
  ["-1.50", ["decimal"]],
  ["true", ["boolean"]],
  ["aGVsbG8gd29ybGQ=", ["byte"]],
  ["application/json", []],
  ["Category", []],
  ["deadbeef12", ["hex"]],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", ["hostname", "jwt"]],
  ["01ARZ3NDEKTSV4RRFFQ69G5FAV", ["ulid"]],
  ["+4915112345678", ["phone"]],
  ["en-US", ["locale"]],
  ["DE", ["country"]],
  ["EUR", ["currency"]],
  ["XX", []],
  ["1.2.3", ["semver"]],
  ["#ff8800", ["color"]],
  ['{"a":[1]}', ["json"]],
  ["{a}", []],
  ["some words", []],
])("%s is %j", (text, formats) => {
  expect(named(text)).toEqual(formats);
});

test("only candidates are tried, and no text fails", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(ALL_FORMATS), (text, candidates) => {
      expect(formatsOf(text, candidates) & ~candidates).toBe(0);
    }),
  );
});

// A document rendered from the survivors must accept what was seen.
test.each([
  ["date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/],
  ["date", /^\d{4}-\d\d-\d\d$/],
  ["time", /^\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/],
  ["duration", /^P(\d{1,2}[YMDW]){0,2}(T\d{1,2}[HMS])?$/],
  ["email", /^[a-z0-9.+_-]{1,8}@[a-z0-9-]{1,6}\.[a-z]{2,3}$/],
  ["uri", /^[a-z]{1,4}:\/\/[a-z0-9.:@-]{1,8}(\/[a-z%0-9?#[\]-]{0,6})?$/],
  ["ipv4", /^\d{1,3}(\.\d{1,3}){3}$/],
  ["ipv6", /^([0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}$/],
  ["hostname", /^[a-z0-9-]{1,5}(\.[a-z0-9-]{1,5}){0,2}$/],
  ["uuid", /^[0-9a-fA-F]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
] as const)("what counts as %s passes the validator", (format, form) => {
  const ajv = new Ajv();
  addFormats.default(ajv);
  const validate = ajv.compile({ type: "string", format });
  fc.assert(
    fc.property(fc.stringMatching(form), (text) => {
      const isFormat = text !== "" && formatsOf(text, formatBit(format)) !== 0;
      expect(!isFormat || validate(text)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
