import { expect, test } from "vitest";
import { surelyValue } from "../../../../src/classify/grouping/sure-value.ts";

test.each([
  ["PROJ-123", "key"],
  ["order_1001", "key"],
  ["INV2041", "key"],
  ["a1b2c3d", "token"],
  ["gitlab-org%2Fgitlab", "path"],
  ["chunk-3f2a91bc.css", "file"],
  ["{token}.js", "file"],
])("%s can only be a value", (segment, name) => {
  expect(surelyValue(segment)).toBe(name);
});

test.each([
  "users",
  "oauth2",
  "sha256",
  "rfc3986",
  "win32-x64",
  "iso-8601",
  "v10",
  "mp3",
  "report.csv",
  "main.js",
])("%s may be a route word", (segment) => {
  expect(surelyValue(segment)).toBeNull();
});
