import { describe, expect, test } from "vitest";
import { chainsOf } from "../../../../src/classify/grouping/branch.ts";
import { aRoute } from "../../../support/routes.ts";
import { aTree } from "./a-tree.ts";

const labels = (paths: readonly string[], shape = "s"): readonly string[] => {
  const { root } = aTree(paths.map((path) => aRoute(path, { shape })));
  return [...chainsOf(root)]
    .filter((chain) => (chain.at(-1)?.place.ends.size ?? 0) > 0)
    .map((chain) =>
      chain
        .slice(1)
        .map(({ label }) => label.replace("\u0001", "|"))
        .join("/"),
    )
    .sort();
};

describe("branches", () => {
  test("of values are one, of words each its own", () => {
    expect(labels(["/orders/1", "/orders/2", "/orders/{uuid}", "/health"])).toEqual(["health", "orders/{}"]);
  });

  test("suffixes hang on what they follow", () => {
    expect(labels(["/jobs/{uuid}:cancel", "/jobs/{uuid}:retry"])).toEqual([
      "jobs/{}/|:cancel",
      "jobs/{}/|:retry",
    ]);
  });

  test("spellings that differ by case are one, under the usual spelling", () => {
    expect(labels(["/api/users/1", "/api/users/2", "/api/Users/3", "/API/users/4"])).toEqual([
      "api/users/{}",
    ]);
  });

  test("extensions that differ are parts of file names", () => {
    const files = [
      "/uploads/summer.png",
      "/uploads/notes.txt",
      "/uploads/logo.svg",
      "/uploads/42.csv",
      "/uploads/a%20b.txt",
    ];
    expect(labels(files)).toEqual(["uploads/{}"]);
  });
});
