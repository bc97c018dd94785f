// Field names as objects: judged once, and each remembers which name came behind it, so most are read by comparing.
import { TAG_NAMES } from "../model/tags.ts";
import type { SafeName } from "./names.ts";

/** A name as it is kept. */
export interface FieldName {
  readonly text: string;
  /** How it stands in JSON, quotes included; "" when what stands there is not kept. */
  readonly quoted: string;
  /** Its strings at the root may name an operation. */
  readonly isCall: boolean;
  /** Its value may tell what kind of object it stands in. */
  readonly isTag: boolean;
  /** One of the two. */
  readonly isTelling: boolean;
  /** What came behind it last, and what came first in an object under it: guesses, never relied on. */
  next: FieldName | null;
  first: FieldName | null;
}

export interface FieldNames {
  /** The name for what stood between the quotes, escapes resolved. */
  of(key: string): FieldName;
  /** Stands above the root. */
  readonly root: FieldName;
}

/** Items of an array. */
export const ITEMS = "[]";
// What tells GraphQL and JSON-RPC calls apart.
const CALLS: ReadonlySet<string> = new Set(["jsonrpc", "method", "query", "operationName"]);
const TAGS: ReadonlySet<string> = new Set(TAG_NAMES);
// Names of all services of one collector; a full table is emptied rather than grown.
const MAX_KNOWN = 20_000;

export function fieldName(text: string, quoted = ""): FieldName {
  const isCall = CALLS.has(text);
  const isTag = TAGS.has(text);
  return { text, quoted, isCall, isTag, isTelling: isCall || isTag, next: null, first: null };
}

const tables = new WeakMap<SafeName, FieldNames>();

/** The table of a digest: one per judge of names. */
export function fieldNamesOf(safeName: SafeName): FieldNames {
  const held = tables.get(safeName);
  if (held !== undefined) return held;
  const made = createFieldNames(safeName);
  tables.set(safeName, made);
  return made;
}

function createFieldNames(safeName: SafeName): FieldNames {
  let known = new Map<string, FieldName>();
  return {
    root: fieldName(""),
    of(key) {
      const found = known.get(key);
      if (found !== undefined) return found;
      const text = safeName(key);
      // What was replaced is a value, and not remembered.
      if (text !== key) return fieldName(text);
      if (known.size >= MAX_KNOWN) known = new Map();
      const quoted = JSON.stringify(text);
      const name = fieldName(text, quoted.length === text.length + 2 ? quoted : "");
      known.set(text, name);
      return name;
    },
  };
}
