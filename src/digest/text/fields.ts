// Adds a field that came as text without a type: a pair of a form, an element of XML.
import type { Tree } from "./tree.ts";
import { addText, treeOf } from "./tree.ts";

/** Numbers in forms are text. */
export function addField(tree: Tree, name: string, value: string): void {
  if (/^-?\d{1,9}(?:\.\d{1,9})?$/.test(value)) treeOf({ [name]: Number(value) }, tree);
  else if (value === "true" || value === "false") treeOf({ [name]: value === "true" }, tree);
  else {
    const numbers = plainNumbers(value);
    if (numbers === null) addText(tree, name, value);
    else treeOf({ [name]: numbers }, tree);
  }
}

// More than enough of a row of numbers to know what it is.
const MAX_PLAIN = 256;

/** Numbers with commas or spaces between them; null for anything else. */
export function plainNumbers(text: string): readonly number[] | null {
  if (!/^\s*-?\d/.test(text)) return null;
  const pieces = text.trim().split(/[\s,;]+/, MAX_PLAIN);
  if (pieces.length < 2) return null;
  const numbers = pieces.map(Number);
  return numbers.every(Number.isFinite) ? numbers : null;
}
