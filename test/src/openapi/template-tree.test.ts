// The tree finds what trying every template would find.
import fc from "fast-check";
import { expect, test } from "vitest";
import { segmentsOf, templateTree } from "../../../src/openapi/template-tree.ts";

const segment = fc.constantFrom("a", "b", "{x}", "{x}.json", "c{x}");
const template = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
const path = fc
  .array(fc.constantFrom("a", "b", "z", "z.json", "cz", "c"), { minLength: 1, maxLength: 4 })
  .map((parts) => `/${parts.join("/")}`);

function fits(pattern: string, observed: string): boolean {
  const source = pattern.replaceAll(".", String.raw`\.`).replaceAll("{x}", "[^/]+");
  return new RegExp(`^${source}$`).test(observed);
}

test("it finds a template exactly when one fits", () => {
  fc.assert(
    fc.property(fc.array(template, { maxLength: 8 }), path, (templates, observed) => {
      const tree = templateTree<string>();
      for (const one of templates) tree.add(one, one);
      const found = tree.find(observed, () => true);
      expect(found.length > 0).toBe(templates.some((one) => fits(one, observed)));
      for (const one of found) expect(fits(one, observed)).toBe(true);
    }),
  );
});

test("what is not wanted is passed over", () => {
  const tree = templateTree<string>();
  tree.add("/a/b", "literal");
  tree.add("/a/{x}", "variable");
  expect(tree.find("/a/b", () => true)).toEqual(["literal"]);
  expect(tree.find("/a/b", (values) => values.includes("variable"))).toEqual(["variable"]);
});

test("segments", () => {
  expect(segmentsOf("//a/%62/c%2Fd/%zz/")).toEqual(["a", "b", "c%2Fd", "%zz"]);
});

test.each([
  ["/files/{path+}", "/files/a/b/c", true],
  ["/files/{path*}", "/files/a", true],
  ["/files/{path+}", "/files", false],
  ["/{path+}", "/any/thing", true],
  ["/v1/{name=shelves/*/books/*}", "/v1/shelves/7/books/8", true],
  ["/v1/{name=shelves/*}:read", "/v1/shelves/7:read", true],
  ["/v1/{name=shelves/*}:read", "/v1/shelves/7", false],
  ["/v1/{name=shelves/**}", "/v1/shelves/7/books/8", true],
  ["/v1/{name=shelves/*}", "/v1/tables/7", false],
  ["/{a}.{b}", "/x.json", true],
  ["/{a}.{b}", "/x", false],
  ["/files/{name}", "/files/a%2Fb", true],
])("%s and %s: %s", (template, path, fits) => {
  const tree = templateTree<number>();
  tree.add(template, 1);
  expect(tree.find(path, () => true).length > 0).toBe(fits);
});

test("all that follows is tried last", () => {
  const tree = templateTree<string>();
  tree.add("/files/{path+}", "tail");
  tree.add("/files/{id}", "one");
  tree.add("/files/{id}/meta", "meta");
  const found = ["/files/7", "/files/7/meta", "/files/7/data"].map((path) => tree.find(path, () => true));
  expect(found).toEqual([["one"], ["meta"], ["tail"]]);
});
