import { expect, test } from "vitest";
import { isFileTree } from "../../../../src/classify/grouping/file-tree.ts";
import { placesOf } from "../../../../src/classify/grouping/stands.ts";
import { aRoute } from "../../../support/routes.ts";

const treeOf = (...paths: readonly string[]) => placesOf(paths.map((path) => aRoute(path)));

test.each([
  ["files of several kinds, at any depth", ["/readme.md", "/a/b.txt", "/a/c/d.txt", "/logo.png"], true],
  ["files of one kind", ["/a.txt", "/b.txt", "/c.txt", "/d/e.txt"], false],
  ["few files", ["/robots.txt", "/favicon.ico"], false],
  ["routes written like files", ["/list.json", "/add.php", "/get.json", "/all.xml", "/x.do"], false],
  ["files among routes", ["/a.md", "/b.txt", "/c.png", "/d.txt", "/users", "/orders", "/carts"], false],
  ["values by form", ["/{uuid}/{int}", "/{int}"], false],
])("%s", (_, paths, is) => {
  expect(isFileTree(treeOf(...paths))).toBe(is);
});
