// Fields that came as text are what they say.
import { expect, test } from "vitest";
import { addField } from "../../../../src/digest/text/fields.ts";
import { emptyTree } from "../../../../src/digest/text/tree.ts";

test("numbers, switches, texts", () => {
  const tree = emptyTree();
  addField(tree, "temperature", "0.2");
  addField(tree, "stream", "true");
  addField(tree, "q", "how are you");
  expect(tree.figures).toEqual([{ name: "temperature", path: ".temperature", value: 0.2 }]);
  expect([...tree.switches]).toEqual(["stream"]);
  addField(tree, "v", "0.25 -0.5 1.5");
  addField(tree, "when", "12 of them");
  expect(tree.rows.at(-1)).toMatchObject({ name: "v", values: [0.25, -0.5, 1.5] });
  expect(tree.texts.map(({ text }) => text)).toEqual(["how are you", "12 of them"]);
});
