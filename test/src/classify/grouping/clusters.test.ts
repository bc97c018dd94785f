import { describe, expect, test } from "vitest";
import { clustersOf, sharedBelow } from "../../../../src/classify/grouping/clusters.ts";
import type { Route } from "../../../../src/model/route.ts";
import { aRoute } from "../../../support/routes.ts";
import { aTree } from "./a-tree.ts";

const sub = (name: string, shapes: string): readonly Route[] =>
  ["settings", "members", "reports", "billing", "events"].map((word) =>
    aRoute(`/${name}/${word}`, { shape: `${word}${shapes}` }),
  );

function shared(routes: readonly Route[], members: readonly string[]): number {
  const { places, tools } = aTree(routes);
  return sharedBelow(places, members, tools.features.templater);
}

test("segments that are answered alike are one cluster", () => {
  const { places, tools } = aTree([
    aRoute("/octavia", { shape: "user" }),
    aRoute("/karlotta", { shape: "user" }),
    aRoute("/search", { method: "POST", shape: "found" }),
  ]);
  const clusters = clustersOf(places, ["karlotta", "octavia", "search"], tools.features.templater);
  expect(clusters.map((names) => [...names].sort())).toEqual([["karlotta", "octavia"], ["search"]]);
});

describe("what one variable saves", () => {
  test("much, where the same lies below each", () => {
    expect(
      shared([...sub("aa", ""), ...sub("bb", ""), ...sub("cc", "")], ["aa", "bb", "cc"]),
    ).toBeGreaterThan(0.3);
  });

  test("nothing for one", () => {
    expect(shared(sub("aa", ""), ["aa"])).toBe(0);
  });

  test("nothing where only ids lie below", () => {
    const twins = ["aa", "bb"].flatMap((name) => [
      aRoute(`/${name}/{uuid}`),
      aRoute(`/${name}/{uuid}/items`),
    ]);
    expect(shared(twins, ["aa", "bb"])).toBe(0);
  });

  test("less than nothing where the same questions are answered differently", () => {
    expect(
      shared([...sub("aa", "1"), ...sub("bb", "2"), ...sub("cc", "3")], ["aa", "bb", "cc"]),
    ).toBeLessThan(0);
  });
});
