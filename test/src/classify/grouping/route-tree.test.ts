import { expect, test } from "vitest";
import {
  addRoute,
  boundTree,
  emptyNode,
  endKeyOf,
  lowerTau,
  visitNodes,
  stratumOf,
} from "../../../../src/classify/grouping/route-tree.ts";
import type { RouteNode, RouteTree } from "../../../../src/classify/grouping/route-tree.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import { aRoute } from "../../../support/routes.ts";

function countOf(root: RouteNode): number {
  let count = 0;
  visitNodes(root, () => (count += 1));
  return count;
}

function aTree(): RouteTree & { readonly told: string[] } {
  const told: string[] = [];
  return {
    root: emptyNode(),
    nodes: 0,
    halvings: 0,
    told,
    onChange: (path, _key, gone) => told.push(`${gone ? "-" : "+"}${path.join("/")}`),
  };
}

const add = (tree: RouteTree, path: string): void => {
  const { key, evidence } = aRoute(path);
  addRoute(tree, path.slice(1).split("/"), key, evidence);
};

test("words, classes and everything else compete apart", () => {
  expect(["users", "Users", "{uuid}", "{rest}", "", "octavia", "{name}"].map(stratumOf)).toEqual([
    "V",
    "V",
    "H",
    "H",
    "H",
    "O",
    "O",
  ]);
});

test("a lowered tau moves children with all that is below into the rest", () => {
  const tree = aTree();
  for (const path of ["/zqa/x", "/zqb/x", "/zqb/y"]) add(tree, path);
  tree.told.length = 0;
  lowerTau(tree, tree.root, [], { stratum: "O", tau: Math.max(hash32("zqa"), hash32("zqb")) });
  const moved = hash32("zqa") > hash32("zqb") ? "zqa" : "zqb";
  expect(tree.told).toContain(`-${moved}/x`);
  expect(tree.told).toContain("+{rest}/x");
  expect(countOf(tree.root) - 1).toBe(tree.nodes);
});

test("what comes later goes to the rest at once", () => {
  const tree = aTree();
  lowerTau(tree, tree.root, [], { stratum: "O", tau: 0 });
  add(tree, "/zqa");
  expect(tree.told).toEqual(["+{rest}"]);
});

test("a tree has as many nodes as allowed", () => {
  const tree = aTree();
  for (let n = 0; n < 150; n += 1) add(tree, `/zq${n}/w${n}`);
  boundTree(tree, 100);
  expect(tree.nodes).toBeLessThanOrEqual(100);
  expect(tree.nodes).toBe(countOf(tree.root) - 1);
});

test("however narrow and deep it is", () => {
  const tree = aTree();
  const words = ["orders", "users", "items", "zqa", "zqb"];
  for (let n = 0; n < words.length ** 5; n += 1) {
    const path = [0, 1, 2, 3, 4].map((at) => words[Math.floor(n / words.length ** at) % words.length]);
    add(tree, `/${path.join("/")}`);
  }
  expect(tree.nodes).toBeGreaterThan(3000);
  for (const most of [500, 5]) {
    boundTree(tree, most);
    expect(tree.nodes).toBeLessThanOrEqual(most);
  }
  const counted = (node: RouteNode): number =>
    [...node.ends.values()].reduce((sum, { evidence }) => sum + evidence.requests, 0) +
    [...node.children.values()].reduce((sum, child) => sum + counted(child), 0);
  expect(counted(tree.root)).toBe(3 * words.length ** 5);
});

test("ends are told apart by all but the path", () => {
  const { key } = aRoute("/a");
  expect(endKeyOf(key)).not.toBe(endKeyOf({ ...key, operation: "a" }));
  expect(endKeyOf(key)).toBe(endKeyOf(aRoute("/b").key));
});
