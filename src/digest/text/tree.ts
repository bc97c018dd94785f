// Walks over parsed bodies and lists what behaviour shows in: texts, numbers, names and how they stand together.
import { fieldWords } from "../leaves.ts";
import { remembered } from "../once.ts";
import { parseLoosely } from "./loose-json.ts";

export interface Leaf {
  /** Of the innermost field, as words: `last_message`. */
  readonly name: string;
  /** Names down to it, `[]` for items. */
  readonly path: string;
  readonly text: string;
}

export interface Figure {
  readonly name: string;
  readonly path: string;
  readonly value: number;
}

/** Numbers that stand in one array or one object. */
export interface Row {
  readonly path: string;
  readonly name: string;
  readonly values: readonly number[];
  /** Of an object's members; empty for an array. */
  readonly names: readonly string[];
}

export interface Tree {
  readonly texts: Leaf[];
  readonly figures: Figure[];
  readonly rows: Row[];
  /** Names of all fields, as words. */
  readonly names: Set<string>;
  /** Names of fields that hold true or false. */
  readonly switches: Set<string>;
  /** Lengths of arrays of texts or objects, by path. */
  readonly lists: Map<string, number>;
  /** Whether an object describes a type as JSON Schema does. */
  schema: boolean;
  /** Files among the parts of a form, by media type. */
  readonly files: string[];
}

export function emptyTree(): Tree {
  return {
    texts: [],
    figures: [],
    rows: [],
    names: new Set(),
    switches: new Set(),
    lists: new Map(),
    schema: false,
    files: [],
  };
}

// What one body of 64 KiB says in its first values it does not unsay in the others.
const MAX_NODES = 1500;
const MAX_DEPTH = 24;
// JSON within a string within JSON is as deep as queues and gateways wrap it.
const MAX_WRAPS = 2;
// The widest embedding in use has some 12,000 numbers; its first are enough.
const MAX_ROW = 64;
const MAX_PATH = 256;

// Names of fields come again and again; those of hostile bodies never do, and are long.
const MAX_NAMES = 4000;
const LONGEST_KEPT = 64;
const known = remembered(fieldWords, MAX_NAMES);
const wordsOf = (name: string) => (name.length > LONGEST_KEPT ? fieldWords(name) : known(name));

interface Walk {
  readonly tree: Tree;
  nodes: number;
}

interface Place {
  readonly name: string;
  readonly path: string;
  readonly depth: number;
  readonly wraps: number;
}

const ROOT: Place = { name: "", path: "", depth: 0, wraps: 0 };

export function treeOf(value: unknown, tree: Tree = emptyTree()): Tree {
  visit(value, ROOT, { tree, nodes: 0 });
  return tree;
}

/** Adds a text that stands under a name of its own, such as a field of a form. */
export function addText(tree: Tree, name: string, text: string): void {
  const words = wordsOf(name);
  if (name !== "") tree.names.add(words);
  visitText(text, { ...ROOT, name: words, path: words }, { tree, nodes: 0 });
}

function visit(value: unknown, place: Place, walk: Walk): void {
  walk.nodes += 1;
  if (walk.nodes > MAX_NODES || place.depth > MAX_DEPTH) return;
  const { tree } = walk;
  if (typeof value === "string") visitText(value, place, walk);
  else if (typeof value === "number") tree.figures.push({ name: place.name, path: place.path, value });
  else if (typeof value === "boolean") tree.switches.add(place.name);
  else if (Array.isArray(value)) visitArray(value, place, walk);
  else if (typeof value === "object" && value !== null) visitObject(value as Fields, place, walk);
}

function visitText(text: string, place: Place, walk: Walk): void {
  const first = text.charCodeAt(0);
  if ((first === 0x7b || first === 0x5b) && place.wraps < MAX_WRAPS && text.length > 8) {
    const inner = parseLoosely(text, true);
    if (inner !== undefined) {
      visit(inner, { ...place, wraps: place.wraps + 1, depth: place.depth + 1 }, walk);
      return;
    }
  }
  if (text !== "") walk.tree.texts.push({ name: place.name, path: place.path, text });
}

function visitArray(items: readonly unknown[], place: Place, walk: Walk): void {
  const { tree } = walk;
  if (typeof items[0] === "number" && typeof items.at(-1) === "number") {
    const values = items.slice(0, MAX_ROW).filter((item) => typeof item === "number");
    walk.nodes += 1;
    tree.rows.push({ path: place.path, name: place.name, values, names: [] });
    return;
  }
  const path = `${place.path}[]`.slice(0, MAX_PATH);
  tree.lists.set(path, Math.max(items.length, tree.lists.get(path) ?? 0));
  for (const item of items) {
    if (walk.nodes > MAX_NODES) return;
    visit(item, { ...place, path, depth: place.depth + 1 }, walk);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function visitObject(fields: Fields, place: Place, walk: Walk): void {
  const { tree } = walk;
  if (isSchema(fields)) tree.schema = true;
  const values: number[] = [];
  const names: string[] = [];
  for (const key in fields) {
    if (walk.nodes > MAX_NODES) return;
    const value = fields[key];
    const name = wordsOf(key);
    tree.names.add(name);
    if (typeof value === "number" && names.length < MAX_ROW) {
      values.push(value);
      names.push(name);
    }
    const path = `${place.path}.${name}`.slice(0, MAX_PATH);
    visit(value, { ...place, name, path, depth: place.depth + 1 }, walk);
  }
  if (values.length > 0) tree.rows.push({ path: place.path, name: place.name, values, names });
}

/** JSON Schema of an object: `{ type: "object", properties: {…} }`. */
function isSchema({ type, properties }: Fields): boolean {
  return type === "object" && typeof properties === "object" && properties !== null;
}
