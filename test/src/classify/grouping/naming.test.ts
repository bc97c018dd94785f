import { describe, expect, test } from "vitest";
import type { Chain } from "../../../../src/classify/grouping/branch.ts";
import { pinnedNames, Templates } from "../../../../src/classify/grouping/naming.ts";
import { findBranch } from "../../../../src/classify/grouping/walk.ts";
import type { Returned } from "../../../../src/model/grouping-facts.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import { aRoute } from "../../../support/routes.ts";
import { aTree } from "./a-tree.ts";

const NAMES = ["octavia", "jsmith", "bmiller", "karlotta", "tomek", "mduarte"];
const NONE: Returned = { kept: {}, tau: null, rest: null };

function written(
  paths: readonly string[],
  path: string,
  given: { returned?: Returned; pinned?: string } = {},
) {
  const { root } = aTree(paths.map((text) => aRoute(text)));
  const chain = findBranch(root, path, () => true) as Chain;
  const pinned = pinnedNames(
    given.pinned === undefined ? [] : [{ kind: "rename", path: "/users/{id}", name: given.pinned }],
  );
  return new Templates().templateFor(chain, { returned: given.returned ?? NONE, pinned }, new Map());
}

describe("names of variables", () => {
  test("follow from the word before", () => {
    expect(written(["/orders/1", "/orders/2"], "/orders/1")).toEqual({
      path: "/orders/{orderId}",
      parameters: [{ name: "orderId", class: "int" }],
    });
  });

  test("are those of the field that gave the values away", () => {
    const returned: Returned = {
      kept: { login: NAMES.map(hash32).sort((a, b) => a - b) },
      tau: null,
      rest: null,
    };
    const paths = NAMES.map((name) => `/users/${name}`);
    expect(written(paths, "/users/jsmith", { returned }).parameters).toEqual([
      { name: "login", class: "word", named: "evidence" },
    ]);
  });

  test("are a person's before all", () => {
    expect(written(["/users/1", "/users/2"], "/users/1", { pinned: "account" }).path).toBe(
      "/users/{account}",
    );
  });

  test("dates and numbers are called so where readers of documents take them for that", () => {
    const classAt = (values: readonly string[]) =>
      written(
        values.map((value) => `/x/items/${value}`),
        `/x/items/${values[0]}`,
      ).parameters[0]?.class;
    expect(classAt(["2024-02-29", "2024-01-31"])).toBe("date");
    expect(classAt(["20240229", "20240131"])).toBe("partial-date");
    expect(classAt(["2024-02-30", "2024-02-31"])).toBe("partial-date");
    expect(classAt(["0042", "0007"])).toBe("number");
    expect(classAt(["42", "7"])).toBe("int");
  });

  test("parts of dates are told by the word before and by what they may be", () => {
    const paths = ["2023/01/05", "2024/11/30", "2022/03/17", "2024/05/09"].map((date) => `/archive/${date}`);
    expect(written(paths, paths[0] ?? "").path).toBe("/archive/{year}/{month}/{day}");
  });

  test("classes of several kinds are mixed", () => {
    expect(written(["/x/items/{uuid}", "/x/items/7"], "/x/items/7").parameters[0]?.class).toBe("mixed");
  });

  test("suffixes and slots are written where they stood", () => {
    expect(written(["/jobs/{uuid}:cancel"], "/jobs/{uuid}:cancel").path).toBe("/jobs/{jobId}:cancel");
    expect(written(["/odata/Items({int})"], "/odata/Items({int})").path).toBe("/odata/Items({itemId})");
  });
});
