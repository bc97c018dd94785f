import { expect, test } from "vitest";
import { findBranch, valuesAlong } from "../../../../src/classify/grouping/walk.ts";
import { aRoute } from "../../../support/routes.ts";
import { aTree } from "./a-tree.ts";

const { root } = aTree([
  aRoute("/users/1"),
  aRoute("/users/2"),
  aRoute("/users/1/orders"),
  aRoute("/users/me", { requests: 50 }),
  aRoute("/jobs/{uuid}:cancel"),
]);
const find = (path: string): string | null => {
  const found = findBranch(root, path, ({ place }) => place.ends.size > 0);
  return (
    found &&
    found
      .slice(1)
      .map(({ label }) => label.replace("\u0001", "|"))
      .join("/")
  );
};

test.each([
  ["/users/77", "users/{}"],
  ["/users/me", "users/me"],
  ["/users/anybody", "users/{}"],
  // Below a word there may be nothing: then the word is a value here.
  ["/users/me/orders", "users/{}/orders"],
  ["/jobs/{ulid}:cancel", "jobs/{}/|:cancel"],
  ["/users", null],
  ["/users/1/nothing", null],
  ["/elsewhere", null],
  ["*", null],
])("%s leads to %s", (path, branch) => {
  expect(find(path)).toBe(branch);
});

test.each([
  ["/users/77/unheard/of", [false, true]],
  ["/users/me", [false, false]],
  // The longest way tells most.
  ["/users/me/orders/late", [false, true, false]],
  ["/elsewhere/7", []],
  ["*", []],
])("of %s as far as it is known, %o are values", (path, values) => {
  expect(valuesAlong(root, path)).toEqual(values);
});

test("beside two spellings of a word and a lone slash, what nobody knows leads nowhere", () => {
  const tree = aTree([aRoute("/"), aRoute("/Orders"), aRoute("/orders"), aRoute("/customers")]).root;
  const labels = (path: string) => findBranch(tree, path, () => true)?.map(({ label }) => label);
  expect([...tree.spellings]).toEqual([["orders", "Orders"]]);
  expect(labels("/orders")).toEqual(["", "Orders"]);
  expect(labels("/")).toEqual(["", ""]);
  expect(labels("/nothing")).toBeUndefined();
});
