// Adds a field that came as text without a type: a pair of a form, an element of XML.
import type { Tree } from "./tree.ts";
import { addText, treeOf } from "./tree.ts";

/** Numbers in forms are text. */
export function addField(tree: Tree, name: string, value: string): void {
  if (/^-?\d{1,9}(?:\.\d{1,9})?$/.test(value)) treeOf({ [name]: Number(value) }, tree);
  else if (value === "true" || value === "false") treeOf({ [name]: value === "true" }, tree);
  else addText(tree, name, value);
}
