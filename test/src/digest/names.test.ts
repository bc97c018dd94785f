import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSafeName } from "../../../src/digest/names.ts";

const safeName = createSafeName((text) => text.startsWith("sk-"));

test.each([
  ["customerId", "customerId"],
  ["x-amz-content-sha256", "x-amz-content-sha256"],
  ["First Name", "First Name"],
  ["__proto__", "__proto__"],
  ["7", "{int}"],
  ["1234567", "{int}"],
  ["2024-05-01", "{date}"],
  ["550e8400-e29b-41d4-a716-446655440000", "{uuid}"],
  ["jane@example.com", "{email}"],
  ["_ga_AB12CD34EF", "{slug-id}"],
  ["sk-something", "{secret}"],
  ["x".repeat(81), "{text}"],
  ["a\u0000b\ud800", "a\u{FFFD}b\u{FFFD}"],
  ["{id}", "(id)"],
])("%s is kept as %s", (name, kept) => {
  expect(safeName(name)).toBe(kept);
  expect(safeName(name)).toBe(kept);
});

test("every name can be stored, and memory changes no answer", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 100 }), (name) => {
      const kept = safeName(name);
      expect(kept).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      expect(safeName(name)).toBe(kept);
      expect(createSafeName((text) => text.startsWith("sk-"))(name)).toBe(kept);
    }),
  );
});

test.each(["isGitHubApp", "totalFatPct", "txnStatCode", "countryIsoCodeAlpha3", "chAccAgeInd"])(
  "%s is a name, whatever it would be in a path",
  (name) => {
    expect(createSafeName(() => false)(name)).toBe(name);
  },
);

test.each(["xK9dQpLm2RtV", "aBcDeFgHiJkLmN", "rT7yU8iO9pLkJhGf"])("%s is none", (name) => {
  expect(createSafeName(() => false)(name)).toBe("{token}");
});
