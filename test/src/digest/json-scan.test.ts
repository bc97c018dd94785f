import { expect, test } from "vitest";
import { emptyDraft } from "../../../src/digest/draft.ts";
import { fieldName } from "../../../src/digest/field-names.ts";
import { createScan, fieldOf, ITEM, located, MAX_LOCATIONS, rootOf } from "../../../src/digest/json-scan.ts";

const scan = () => createScan((name) => name, null);

test("locations are bounded; beyond, anything may be", () => {
  const held = { ...scan(), locations: MAX_LOCATIONS };
  const parent = emptyDraft();
  expect([located(held, parent), parent.any]).toEqual([null, true]);
  expect(located(scan(), emptyDraft())).toEqual(emptyDraft());
});

test("a field is one draft, touched once per object unless it stands for many keys", () => {
  const held = scan();
  const object = { ...emptyDraft(), fields: new Map() };
  const first = fieldOf(held, object, "a", 1);
  expect(fieldOf(held, object, "a", 1)).toBe(first);
  fieldOf(held, object, "{uuid}", 1);
  fieldOf(held, object, "{uuid}", 1);
  expect(held.touched).toHaveLength(3);
});

test("roots are the outermost object and the items of an outermost array", () => {
  const root = (depth: number, ...names: readonly string[]): boolean => {
    const held = { ...scan(), depth };
    held.names.push(...names.map((name) => (name === "[]" ? ITEM : fieldName(name))));
    return rootOf(held) !== undefined;
  };
  expect([root(1), root(2, "[]"), root(2, "a"), root(3, "[]", "a")]).toEqual([true, true, false, false]);
});

test("paths mark items", () => {
  const held = scan();
  held.names.push(fieldName("a"), ITEM, fieldName("b"), ITEM);
  expect(held.path()).toBe("a[].b[]");
});
