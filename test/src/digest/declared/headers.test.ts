import { expect, test } from "vitest";
import { declaringHeaders } from "../../../../src/digest/declared/headers.ts";

const rows = (added?: readonly string[]) =>
  declaringHeaders(added).map(({ header, side, role }) => `${side} ${header} ${role}`);

test("names are in lower case, as exchanges have them, and each says one thing once", () => {
  for (const row of rows()) expect(row).toMatch(/^(request|response) [a-z0-9-]+ (answers|calls)$/);
  expect(new Set(rows()).size).toBe(rows().length);
});

test("responses never say who calls", () => {
  expect(rows().filter((row) => /^response .* calls$/.test(row))).toEqual([]);
});

test("operators add names for who answers and for who calls", () => {
  expect(rows(["X-Shop-App", " caller:X-From"]).slice(rows().length)).toEqual([
    "request x-shop-app answers",
    "response x-shop-app answers",
    "request x-from calls",
  ]);
});
