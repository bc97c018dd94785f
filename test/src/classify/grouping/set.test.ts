import { expect, test } from "vitest";
import { probingIn } from "../../../../src/classify/grouping/probing.ts";
import { createTemplateSet } from "../../../../src/classify/grouping/set.ts";
import type { DocumentMatch } from "../../../../src/model/document.ts";
import { aRoute } from "../../../support/routes.ts";
import { aTree } from "./a-tree.ts";

const rows = [
  aRoute("/pets/1"),
  aRoute("/pets/2"),
  aRoute("/pets/3", { kind: "bad" }),
  aRoute("/stray", { kind: "bad" }),
];

function set(documented: (key: { readonly path: string }) => DocumentMatch) {
  const { root, tools } = aTree(rows.filter(({ kind }) => kind === "good"));
  const context = { documented, documentTemplates: [], pins: [], previous: [] };
  const naming = { returned: { kept: {}, tau: null, rest: null }, pinned: new Map<string, string>() };
  return createTemplateSet({ root, rows, probing: probingIn(rows), tools, context, naming });
}

const none = (): DocumentMatch => ({ kind: "none", reason: "" });

test("rows of one template are listed as one, good and bad", () => {
  expect(
    set(none)
      .list()
      .map(({ template, reason, evidence }) => [template.path, reason, evidence.requests]),
  ).toEqual([
    ["/pets/{petId}", "decided", 9],
    ["/stray", "probe", 3],
  ]);
});

test("a declared route is what its source says", () => {
  const key = { ...aRoute("/pets/{name}").key, declared: true };
  expect(set(none).match(key)).toMatchObject({ reason: "declared", template: { path: "/pets/{name}" } });
});

test("values that were variables are remembered", () => {
  expect(set(none).remembered()).toEqual(["/pets/1", "/pets/2"]);
});
