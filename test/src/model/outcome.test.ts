// Statuses that prove something, and statuses that prove nothing.
import { expect, test } from "vitest";
import { successCount, wasNeverThere } from "../../../src/model/outcome.ts";
import { someFacts } from "../inventory/an-endpoint.ts";

test("success is 2xx, 101 and 304", () => {
  const statuses = { 200: 1, 204: 2, 101: 4, 304: 8, 302: 16, 404: 32, 500: 64, unknown: 128 };
  expect(successCount(someFacts({ statuses }))).toBe(15);
});

test.each([
  [{ 404: 1 }, true],
  [{ 404: 1, 400: 1, 405: 1, 410: 1 }, true],
  [{ 404: 1, 200: 1 }, false],
  [{ 401: 1 }, false],
  [{ 301: 1 }, false],
  [{ 500: 1 }, false],
  [{ unknown: 1 }, false],
  [{}, false],
])("%o was never there: %s", (statuses, expected) => {
  expect(wasNeverThere(someFacts({ statuses }))).toBe(expected);
});
