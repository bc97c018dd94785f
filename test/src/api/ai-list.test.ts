// Pages of a computed list hold each row once, and refuse cursors of other lists.
import { expect, test } from "vitest";
import { pageOfRows } from "../../../src/api/ai-list.ts";
import { BadCursor } from "../../../src/store/errors.ts";

const ROWS = ["a", "b", "c", "d", "e"];

test("pages add up to the list", () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = pageOfRows("letters", ROWS, { limit: 2, cursor });
    seen.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(ROWS);
});

test("a list that became shorter ends", () => {
  const { next_cursor: cursor } = pageOfRows("letters", ROWS, { limit: 4, cursor: undefined });
  expect(pageOfRows("letters", ["a"], { limit: 4, cursor: cursor ?? undefined })).toEqual({
    items: [],
    next_cursor: null,
  });
});

test("another list's cursor", () => {
  const { next_cursor: cursor } = pageOfRows("letters", ROWS, { limit: 2, cursor: undefined });
  expect(() => pageOfRows("numbers", ROWS, { limit: 2, cursor: cursor ?? undefined })).toThrow(BadCursor);
});
