// Bodies become lists of texts, numbers and names, bounded whatever they are.
import fc from "fast-check";
import { expect, test } from "vitest";
import { addText, emptyTree, treeOf } from "../../../../src/digest/text/tree.ts";

test("texts stand under names and paths", () => {
  const { texts, names, rows } = treeOf({
    userInput: "hello there",
    docs: [{ t: "a" }, { t: "b" }],
    v: [0.1, 0.2],
  });
  expect(texts.map(({ name, path, text }) => [name, path, text])).toEqual([
    ["user_input", ".user_input", "hello there"],
    ["t", ".docs[].t", "a"],
    ["t", ".docs[].t", "b"],
  ]);
  expect([...names]).toEqual(["user_input", "docs", "t", "v"]);
  expect(rows).toEqual([{ path: ".v", name: "v", values: [0.1, 0.2], names: [] }]);
});

test("JSON within a text is unwrapped", () => {
  const { texts } = treeOf({ payload: JSON.stringify({ q: "what is it?" }) });
  expect(texts.map(({ name, text }) => [name, text])).toEqual([["q", "what is it?"]]);
});

test("a JSON Schema is noticed", () => {
  expect(treeOf({ tools: [{ schema: { type: "object", properties: {} } }] }).schema).toBe(true);
  expect(treeOf({ type: "object" }).schema).toBe(false);
});

test("a row of numbers has nothing else in it", () => {
  expect(treeOf([0.5, 1.5]).rows).toHaveLength(1);
  expect(treeOf([7, { s: "hello there" }]).texts.map(({ text }) => text)).toEqual(["hello there"]);
});

test("what is deep or wide ends somewhere", () => {
  expect(treeOf(JSON.parse("[".repeat(5000) + "]".repeat(5000))).texts).toEqual([]);
  expect(treeOf(Array.from({ length: 50_000 }, () => "a b")).texts.length).toBeLessThanOrEqual(1500);
});

test("never throws, and keeps no empty text", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(treeOf(value).texts.every(({ text }) => text !== "")).toBe(true);
    }),
  );
  const tree = emptyTree();
  addText(tree, "q", "");
  expect(tree.texts).toEqual([]);
});
