import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bodyKind, readMediaType } from "../../../src/digest/media-type.ts";
import { createSafeName } from "../../../src/digest/names.ts";

const safeName = createSafeName(() => false);

test.each([
  [undefined, "", "", ""],
  ["Application/JSON; Charset=UTF-8", "application/json", "utf-8", ""],
  ['multipart/form-data; boundary="a b"', "multipart/form-data", "", "a b"],
  ["text/html, text/plain", "text/html", "", ""],
  ["json", "", "", ""],
  ["application/550e8400-e29b-41d4-a716-446655440000", "", "", ""],
  [`application/${"x".repeat(200)}`, "", "", ""],
])("%s", (header, essence, charset, boundary) => {
  expect(readMediaType(header, safeName)).toEqual({ essence, charset, boundary });
});

test.each([
  ["application/json", "json"],
  ["application/problem+json", "json"],
  ["application/x-ndjson", "json-lines"],
  ["text/event-stream", "event-stream"],
  ["application/x-www-form-urlencoded", "form"],
  ["multipart/form-data", "multipart"],
  ["multipart/mixed", "opaque"],
  ["application/soap+xml", "xml"],
  ["application/graphql", "graphql"],
  ["application/grpc+proto", "grpc"],
  ["text/plain", "sniff"],
  ["", "sniff"],
  ["text/html", "text"],
  ["image/png", "opaque"],
])("%s is read as %s", (essence, kind) => {
  expect([bodyKind(essence), bodyKind(essence)]).toEqual([kind, kind]);
});

test("never fails", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (header) => {
      expect(readMediaType(header, safeName).essence).toMatch(/^$|^[^/\s]+\/[^/\s]+$/);
    }),
  );
});
