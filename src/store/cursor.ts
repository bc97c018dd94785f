// Opaque page cursors: where the last item stood, checked before use because anyone can send one.
import { cleanText } from "./clean.ts";
import { BadCursor } from "./errors.ts";
import type { PageRequest } from "./store.ts";

/** The place behind which the next page begins: the sort key of the last item, and its id among equals. */
export interface Place<K extends string | number> {
  readonly key: K;
  readonly id: string;
}

// The longest key is an order by path, see keys.ts.
const MAX_LENGTH = 4_096;

/** `list` names list and order; a cursor of another one is refused. */
export function encodeCursor(list: string, place: Place<string | number>): string {
  return Buffer.from(JSON.stringify([list, place.key, place.id])).toString("base64url");
}

/** Throws `BadCursor`. */
export function decodeCursor<K extends string | number>(
  list: string,
  kind: K extends string ? "string" : "number",
  cursor: string | null,
): Place<K> | null {
  if (cursor === null) return null;
  const found = cursor.length <= MAX_LENGTH ? parse(cursor) : null;
  if (!Array.isArray(found) || found.length !== 3) throw new BadCursor();
  const [name, key, id] = found as readonly unknown[];
  if (name !== list || typeof key !== kind || !possible(key) || typeof id !== "string" || !possible(id)) {
    throw new BadCursor();
  }
  return { key: key as K, id };
}

/** Whether a key or id can stand in a column. */
function possible(part: unknown): boolean {
  if (typeof part === "string") return cleanText(part) === part;
  return Number.isSafeInteger(part) && Number(part) >= 0;
}

function parse(cursor: string): unknown {
  if (!/^[\w-]+$/.test(cursor)) return null;
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
}

// store.ts promises these bounds.
const MAX_LIMIT = 500;

/** The limit, brought into its bounds. */
export function limitOf(page: PageRequest): number {
  return Math.min(Math.max(Math.trunc(page.limit) || 1, 1), MAX_LIMIT);
}

/** Turns one item more than asked for into "there is a next page". */
export function pageOf<R, T>(
  rows: readonly R[],
  page: PageRequest,
  { cursor, item }: { cursor: (last: R) => string; item: (row: R) => T },
): { readonly items: readonly T[]; readonly nextCursor: string | null } {
  const limit = limitOf(page);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(item), nextCursor: last === undefined ? null : cursor(last) };
}
