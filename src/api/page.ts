// How lists are paged: the two parameters every list takes, and the page in the API's spelling.
import type { Page, PageRequest } from "../store/store.ts";
import { integer, text } from "./parameter.ts";

// The store's contract takes 1 to 500; a hundred rows fill a screen and stay below a megabyte.
const MOST = 500;
const OTHERWISE = 100;
// A cursor holds the sort key of one row, a path template at the longest (8,000 octets), encoded.
const MAX_CURSOR = 16_384;

export const PAGING = {
  limit: integer("Rows of one page.", { least: 1, most: MOST, otherwise: OTHERWISE }),
  cursor: text("The `next_cursor` of the page before, under the same conditions and order.", MAX_CURSOR),
} as const;

interface Paging {
  readonly limit: number;
  readonly cursor: string | undefined;
}

export async function paged<T, R>(
  { limit, cursor }: Paging,
  fetch: (page: PageRequest) => Promise<Page<T>>,
  row: (item: T) => R,
): Promise<{ items: R[]; next_cursor: string | null }> {
  const { items, nextCursor } = await fetch({ limit, cursor: cursor ?? null });
  return { items: items.map(row), next_cursor: nextCursor };
}
