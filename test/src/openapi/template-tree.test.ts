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
