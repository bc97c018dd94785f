// What a JSON reader remembers while it walks: where it is, which fields are open, how much it may still describe.
import type { Draft } from "./draft.ts";
import { emptyDraft } from "./draft.ts";
import type { FieldName, FieldNames } from "./field-names.ts";
import { fieldName, fieldNamesOf, ITEMS } from "./field-names.ts";
import type { Cursor } from "./json-text.ts";
import type { SafeName } from "./names.ts";

/** Told of every string and number; `path` gives the names down to it. Must not keep `text`. */
export type OnLeaf = (text: string, name: string, path: () => string) => void;

/** Whether a number of this many characters under this name needs to be told of. */
export type WantsNumber = (name: string, length: number) => boolean;

/** Strings standing under these names at the root (or in items of a root array) tell which operation is called. */
export type RootStrings = ReadonlyMap<string, string>;

// An operation may have 4,096 locations in all, so one body cannot have more.
export const MAX_LOCATIONS = 4096;
// Batches are answered one for one; what the first of them do tells the operation.
const MAX_ROOTS = 16;

export interface Scan extends Cursor {
  depth: number;
  serial: number;
  locations: number;
  /** The string read last, null when the last field was none. */
  lastString: string | null;
  readonly names: FieldName[];
  /** Fields of the objects that are open, innermost last. */
  readonly touched: Draft[];
  /** Names and values of the tag fields of the objects that are open, one after the other, innermost last. */
  readonly tags: string[];
  readonly sink: Draft;
  readonly roots: Map<string, string>[];
  readonly onLeaf: OnLeaf | null;
  readonly wantsNumber: WantsNumber;
  readonly table: FieldNames;
  readonly path: () => string;
}

const always: WantsNumber = () => true;
/** Stands for an array among the names. */
export const ITEM: FieldName = fieldName(ITEMS);
/** Stands for names nobody will see. */
export const UNNAMED: FieldName = fieldName("{text}");

export function createScan(safeName: SafeName, onLeaf: OnLeaf | null, wantsNumber = always): Scan {
  const names: FieldName[] = [];
  return {
    text: "",
    at: 0,
    complete: true,
    wrong: false,
    depth: 0,
    serial: 0,
    locations: 0,
    lastString: null,
    names,
    touched: [],
    tags: [],
    sink: emptyDraft(),
    roots: [],
    onLeaf,
    wantsNumber,
    table: fieldNamesOf(safeName),
    path: () => pathOf(names),
  };
}

/** `user.emails[]`; the "[]" are entries of their own. */
function pathOf(names: readonly FieldName[]): string {
  let path = "";
  for (const name of names) path += path === "" || name === ITEM ? name.text : `.${name.text}`;
  return path;
}

/** The innermost field that is open; the root's when none is. */
export function enclosing({ names, table }: Scan): FieldName {
  for (let at = names.length - 1; at >= 0; at -= 1) if (names[at] !== ITEM) return names[at] as FieldName;
  return table.root;
}

/** A new location below `parent`, or null when the body has too many: then anything may be there. */
export function located(scan: Scan, parent: Draft): Draft | null {
  if (scan.locations < MAX_LOCATIONS) {
    scan.locations += 1;
    return emptyDraft();
  }
  parent.any = true;
  return null;
}

/** Where strings of this object are noted, if it is a root. */
export function rootOf(scan: Scan): Map<string, string> | undefined {
  const isRoot = scan.depth === 1 || (scan.depth === 2 && scan.names[0] === ITEM);
  if (!isRoot || scan.roots.length >= MAX_ROOTS) return undefined;
  const root = new Map<string, string>();
  scan.roots.push(root);
  return root;
}

/** The draft of a field of the object that is open. `serial` tells objects apart. */
export function fieldOf(scan: Scan, into: Draft, name: string, serial: number): Draft {
  const fields = into.fields as Map<string, Draft>;
  let field = fields.get(name);
  if (field === undefined) {
    const fresh = located(scan, into);
    if (fresh === null) return scan.sink;
    fields.set(name, fresh);
    field = fresh;
  }
  // Keys folded into one class are many fields, so each counts; a key said twice is one field.
  if (field.seenIn !== serial || name.startsWith("{")) scan.touched.push(field);
  field.seenIn = serial;
  return field;
}

/** Once there is no room for more fields, names nobody will see are not judged. */
export function nameFor(scan: Scan, { fields }: Draft, key: string): FieldName {
  const isSeen = scan.locations < MAX_LOCATIONS || fields?.has(key) === true;
  return isSeen ? scan.table.of(key) : UNNAMED;
}
