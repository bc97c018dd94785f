// References inside a document, and those that are refused.
import { expect, test } from "vitest";
import { list, own, resolved, text } from "../../../src/openapi/reference.ts";

const root = { a: { $ref: "#/b/0" }, b: [{ c: 1 }], "x/y~z": { $ref: "#/x~1y~0z" }, deep: { $ref: "#/a" } };

test.each([
  [{ $ref: "#/a" }, { c: 1 }],
  [{ $ref: "#/deep" }, { c: 1 }],
  [{ c: 2 }, { c: 2 }],
])("%o leads somewhere", (value, found) => {
  expect(resolved(root, value, "here")).toEqual({ ok: true, value: found });
});

test.each([
  [{ $ref: "#/x~1y~0z" }, "openapi.ref-loop"],
  [{ $ref: "#/b/7" }, "openapi.ref-unresolved"],
  [{ $ref: "#/b/0/c" }, "openapi.ref-unresolved"],
  [{ $ref: "file.yaml" }, "openapi.ref-remote"],
  [{ $ref: "#/%zz" }, "openapi.ref-unresolved"],
  [7, "openapi.ref-unresolved"],
])("%o does not", (value, name) => {
  expect(resolved(root, value, "here")).toMatchObject({ ok: false, weird: { name } });
});

test("only own members are read", () => {
  expect([own({}, "toString"), own(null, "a"), text({ a: 1 }, "a"), list({ a: "x" }, "a")]).toEqual([
    undefined,
    undefined,
    null,
    [],
  ]);
});
